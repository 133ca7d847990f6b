/// Does a piece of work for each input at the same time and returns the results in the order of the inputs.
///
/// When one piece fails, the others are cancelled.
/// - Parameter started: is called once all pieces wait for a core or run.
/// - Throws: what the first piece that failed threw.
func inParallel<Input: Sendable, Output: Sendable>(
  _ inputs: [Input], isolation: isolated (any Actor)? = #isolation, started: () -> Void = {},
  _ work: @escaping @Sendable (Input) async throws -> Output
) async throws -> [Output] {
  if inputs.count == 1 {
    started()
    return [try await work(inputs[0])]
  }
  return try await withThrowingTaskGroup(of: (Int, Output).self) { group in
    for (place, input) in inputs.enumerated() {
      group.addTask { (place, try await work(input)) }
    }
    started()
    var outputs = [Output?](repeating: nil, count: inputs.count)
    for try await (place, output) in group { outputs[place] = output }
    return outputs.compactMap { $0 }
  }
}
