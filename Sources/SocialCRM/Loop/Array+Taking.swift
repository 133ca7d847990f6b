extension Array {
  /// Appends what stands in an optional, if anything does, and leaves nothing there; no reference is counted for it.
  mutating func append(taking element: inout Element?) {
    guard let taken = element.take() else { return }
    append(consume taken)
  }
}
