/// A node of a plan; children are indices into the nodes, lists of children runs of an index table.
///
/// Plain numbers only, so that reading a node costs no reference count.
enum PlanNode {
  /// A run of ``Plan/children``.
  struct Run {
    var start: Int32
    var count: Int32
  }

  case constant(Int32)
  case slot(Int32)
  case local(Int32)
  /// The whole of a record variable, put together from its slots.
  case record(Int32)
  /// A name without a value; the index of the name.
  case unresolvedName(Int32)
  /// A call that no declaration fits: the index of the name, and whether the name is declared with other arguments.
  case unresolvedCall(Int32, isKnown: Bool)
  /// A field by the index of its name.
  case select(Int32, field: Int32, optional: Bool)
  /// Whether a field has a value.
  case has(Int32, field: Int32)
  /// Whether a slot has a value.
  case hasSlot(Int32)
  case and(Run)
  case or(Run)
  case not(Int32)
  case negate(Int32)
  case conditional(Int32, Int32, Int32)
  case binary(ExpressionOperator, Int32, Int32)
  case index(Int32, Int32, optional: Bool)
  case builtIn(BuiltInFunction, Run)
  /// A host function: the index of its group of overloads.
  case host(Int32, Run)
  /// A constant pattern, compiled.
  case matches(Int32, pattern: Int32)
  /// Elements; bit 0 of an entry of the flag table tells an optional one.
  case list(Run, flags: Int32)
  /// Keys and values in turn.
  case map(Run, flags: Int32)
  /// A loop over a list or map: the range and the bodies are a run; `local` is the first of the loop's variables.
  case loop(LoopKind, Run, local: Int32)
  /// `cel.bind`: value and body.
  case bind(Int32, Int32, local: Int32)
  /// `optMap` and, with `flat`, `optFlatMap`.
  case optionalMap(Int32, Int32, local: Int32, flat: Bool)
  /// `a.or(b)` and, with `unwraps`, `a.orValue(b)`; the second is evaluated only when the first is empty.
  case optionalOr(Int32, Int32, unwraps: Bool)
}

/// What a loop makes of its bodies; each with one variable or with two.
enum LoopKind: UInt8 {
  case all, exists, existsOne, map, filter
  case all2, exists2, existsOne2, transformList, transformMap, transformMapEntry

  /// Whether the loop has two variables.
  var hasTwoVariables: Bool { rawValue >= LoopKind.all2.rawValue }
}
