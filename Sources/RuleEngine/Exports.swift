// Everything here speaks in values of the model; hosts need no import of it.
@_exported public import SCRMModel
