// Facts are CEL values and documents are strict JSON; hosts need no import of either module.
@_exported public import SCRMExpressions
@_exported public import StrictJSON
