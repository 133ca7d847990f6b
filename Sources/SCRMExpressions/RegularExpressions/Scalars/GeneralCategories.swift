/// The scalars of each general category, from the properties of the Swift standard library.
struct GeneralCategories: Sendable {
  /// Made once, when a pattern first asks for a category.
  static let shared = GeneralCategories()

  private let sets: [String: ScalarSet]

  private init() {
    var sets: [String: ScalarSet] = [:]
    // Beyond these planes nothing is assigned but the two that are for private use.
    for block in [UInt32(0)...0x3_FFFF, 0xE_0000...0xE_0FFF] {
      var low = block.lowerBound
      var category = Self.name(low)
      for scalar in block.dropFirst() {
        let next = Self.name(scalar)
        if next != category {
          if let category { sets[category, default: ScalarSet()].append(low, scalar - 1) }
          low = scalar
          category = next
        }
      }
      if let category { sets[category, default: ScalarSet()].append(low, block.upperBound) }
    }
    for plane in [UInt32(0xF_0000), 0x10_0000] { sets["Co", default: ScalarSet()].append(plane, plane + 0xFFFD) }
    sets["Cs"] = ScalarSet([(0xD800, 0xDFFF)])
    for name in sets.keys.sorted() {
      sets[String(name.prefix(1)), default: ScalarSet()].formUnion(sets[name] ?? ScalarSet())
    }
    self.sets = sets
  }

  /// The set of a category such as `Lu`, or of a group of them such as `L`.
  func set(named name: String) -> ScalarSet? { sets[name] }

  private static func name(_ scalar: UInt32) -> String? {
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .privateUse: "Co"
    case .surrogate: "Cs"
    default: nil
    }
  }
}
