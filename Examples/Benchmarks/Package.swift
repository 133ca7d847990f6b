// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "SocialCRM", path: "../..")],
  targets: [
    .executableTarget(
      name: "LoopThroughput",
      dependencies: [
        .product(name: "SocialCRM", package: "SocialCRM"), .product(name: "SCRMTesting", package: "SocialCRM"),
      ]),
    .executableTarget(
      name: "GraphMeasures", dependencies: [.product(name: "InfluenceScoring", package: "SocialCRM")]),
    .executableTarget(
      name: "ConditionThroughput", dependencies: [.product(name: "SCRMExpressions", package: "SocialCRM")]),
    .executableTarget(
      name: "RuleThroughput", dependencies: [.product(name: "RuleEngine", package: "SocialCRM")]),
    .executableTarget(
      name: "RuleBookThroughput", dependencies: [.product(name: "RuleEngine", package: "SocialCRM")]),
    .executableTarget(
      name: "KeywordThroughput", dependencies: [.product(name: "RuleEngine", package: "SocialCRM")]),
    .executableTarget(
      name: "SequencePatterns", dependencies: [.product(name: "RuleEngine", package: "SocialCRM")]),
    .executableTarget(
      name: "ExpressionFuzz", dependencies: [.product(name: "SCRMExpressions", package: "SocialCRM")]),
    .executableTarget(
      name: "IdentityEdges", dependencies: [.product(name: "IdentityGraph", package: "SocialCRM")]),
    .executableTarget(
      name: "IdentityQuality", dependencies: [.product(name: "IdentityGraph", package: "SocialCRM")]),
    .executableTarget(
      name: "EvidenceThroughput", dependencies: [.product(name: "IdentityGraph", package: "SocialCRM")]),
    .executableTarget(
      name: "LiveSegments",
      dependencies: [
        .product(name: "Segmentation", package: "SocialCRM"), .product(name: "SCRMModel", package: "SocialCRM"),
      ]),
    .executableTarget(
      name: "SegmentBatch", dependencies: [.product(name: "Segmentation", package: "SocialCRM")]),
    .executableTarget(
      name: "SetAlgebra", dependencies: [.product(name: "Segmentation", package: "SocialCRM")]),
  ],
  swiftLanguageModes: [.v6]
)

// CI sets this; whoever depends on the package never sees it.
if Context.environment["SCRM_WARNINGS_AS_ERRORS"] == "1" {
  for target in package.targets {
    target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
  }
}
