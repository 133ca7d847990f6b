/// A checked tree with every name resolved, in flat tables.
struct Plan: Sendable {
  var nodes: [PlanNode] = []
  var locations: [ExpressionLocation] = []
  var children: [Int32] = []
  var constants: [Value] = []
  /// Names of fields and of what was not found.
  var names: [String] = []
  var flags: [[Bool]] = []
  var hosts: [HostFunction] = []
  var patterns: [RegularExpression] = []
  var layouts: [ExpressionRecordLayout] = []
  /// The variables of the environment, for the names of what is missing.
  var variables: [ExpressionVariable] = []
  var root: Int32 = 0
  var localCount = 0

  struct HostFunction: Sendable {
    var name: String
    var overloads: [ExpressionFunction.Overload]
  }

  func run(_ run: PlanNode.Run) -> ArraySlice<Int32> { children[Int(run.start)..<Int(run.start + run.count)] }
}
