// Values are written as strict JSON; hosts need no import of it.
@_exported public import StrictJSON
