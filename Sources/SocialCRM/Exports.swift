// One import gives a host the whole.
@_exported public import IdentityGraph
@_exported public import InfluenceScoring
@_exported public import RuleEngine
@_exported public import SCRMModel
@_exported public import Segmentation
