import TextMatching

/// The name of a town or region prepared for comparison; see ``DescriptorComparison``.
struct PlaceName: Sendable {
  private let folded: String
  private let isHan: Bool

  init(_ text: String) {
    var scalars = Array(TextFolding.standard.key(text).unicodeScalars.filter { $0.properties.isAlphabetic })
    isHan = scalars.contains { (0x3400...0x9FFF).contains($0.value) }
    // 北京市 is 北京.
    if scalars.count > 2, let last = scalars.last, last == "市" || last == "省" { scalars.removeLast() }
    folded = String(String.UnicodeScalarView(scalars))
  }

  /// Whether there is nothing to compare.
  var isEmpty: Bool { folded.isEmpty }

  func compare(_ other: PlaceName) -> DescriptorComparison {
    if isEmpty || other.isEmpty || isHan != other.isHan { return .undecided }
    return folded.utf8.elementsEqual(other.folded.utf8) ? .agree : .disagree
  }
}
