import DenseData
import SCRMModel

/// The different descriptors, taken apart once.
struct DescriptorTable: Sendable {
  private enum Form: Sendable {
    case name(PersonName)
    case birthDate(BirthDate)
    case place(PlaceName)
    case erased
  }

  private var values: [IdentityDescriptor] = []
  private var forms: [Form] = []
  private var uses: [UInt32] = []
  private var index = HashIndex()

  private static func hash(_ descriptor: IdentityDescriptor) -> UInt64 {
    var hasher = Hasher()
    descriptor.value.hashBytes(into: &hasher)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// The index of a descriptor, a new one when it is new; counts one use more.
  mutating func use(_ descriptor: IdentityDescriptor) -> UInt32 {
    let hash = Self.hash(descriptor)
    if let known = index.find(hash, { values[$0] == descriptor }) {
      uses[known] += 1
      return UInt32(truncatingIfNeeded: known)
    }
    index.insert(hash, row: values.count)
    values.append(descriptor)
    uses.append(1)
    switch descriptor.kind {
    case .name: forms.append(.name(PersonName(descriptor.value)))
    case .birthDate: forms.append(.birthDate(BirthDate(descriptor.value)))
    case .place: forms.append(.place(PlaceName(descriptor.value)))
    }
    return UInt32(truncatingIfNeeded: values.count - 1)
  }

  /// Takes a use back; the last one erases the value.
  mutating func release(_ place: UInt32) {
    let row = Int(place)
    uses[row] -= 1
    guard uses[row] == 0 else { return }
    index.remove(Self.hash(values[row]), row: row)
    values[row].value = ""
    forms[row] = .erased
  }

  subscript(place: UInt32) -> IdentityDescriptor { values[Int(place)] }

  func kind(_ place: UInt32) -> IdentityDescriptor.Kind { values[Int(place)].kind }

  /// `nil` when the kinds differ.
  func compare(_ left: UInt32, _ right: UInt32) -> DescriptorComparison? {
    switch (forms[Int(left)], forms[Int(right)]) {
    case (.name(let one), .name(let two)): left == right && !one.isEmpty ? .agree : one.compare(two)
    case (.birthDate(let one), .birthDate(let two)): left == right && !one.isEmpty ? .agree : one.compare(two)
    case (.place(let one), .place(let two)): left == right && !one.isEmpty ? .agree : one.compare(two)
    default: nil
    }
  }
}
