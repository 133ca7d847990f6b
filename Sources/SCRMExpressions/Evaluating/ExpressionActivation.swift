/// The values of the variables for an evaluation: one slot a variable, in the order of the environment.
///
/// Made once and filled again for each event: text is copied into one growing buffer, so that in the steady state neither
/// filling nor evaluating allocates.
///
/// A slot is absent until it is set. Absent means known not to exist: `has` is false, and a condition that reads it is
/// undecided. Unknown means not looked up yet: then `has` is undecided too.
public struct ExpressionActivation: Sendable {
  private(set) var slots: [ActivationSlot]
  private(set) var values: [Value]
  private(set) var bytes: [UInt8] = []
  private let types: [ExpressionType]

  /// Creates an activation of an environment with all slots absent.
  public init(_ environment: ExpressionEnvironment) {
    types = environment.variables.map(\.type)
    slots = Array(repeating: ActivationSlot(), count: types.count)
    values = Array(repeating: .null, count: types.count)
  }

  init(slotCount: Int) {
    types = []
    slots = Array(repeating: ActivationSlot(), count: slotCount)
    values = Array(repeating: .null, count: slotCount)
  }

  /// Makes every slot absent and keeps the memory.
  public mutating func reset() {
    for index in slots.indices {
      slots[index] = ActivationSlot()
      values[index] = .null
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Makes a slot absent or unknown.
  public mutating func clear(_ slot: Int, isUnknown: Bool = false) {
    guard slots.indices.contains(slot) else { return }
    slots[slot] = ActivationSlot()
    slots[slot].kind = isUnknown ? .unknown : .absent
    values[slot] = .null
  }

  /// Sets a slot; O(1) for numbers, O(n) for text and for the elements of lists and maps.
  /// - Throws: ``ValueError`` with the code `noSuchOverload` when the value is not of the type declared, `outOfRange`
  ///   when there is no such slot.
  public mutating func set(_ slot: Int, _ value: Value) throws(ValueError) {
    guard slots.indices.contains(slot) else { throw ValueError(.outOfRange, "there is no slot \(slot)") }
    guard Self.conforms(value, types[slot]) else {
      throw ValueError(.noSuchOverload, "expected a value of type \(types[slot]), found \(value.typeName)")
    }
    switch value {
    case .string(let text): setText(slot, text)
    case .bool(let value): slots[slot] = ActivationSlot(kind: .bool, bits: value ? 1 : 0)
    case .int(let value): slots[slot] = ActivationSlot(kind: .int, bits: UInt64(bitPattern: value))
    case .uint(let value): slots[slot] = ActivationSlot(kind: .uint, bits: value)
    case .double(let value): slots[slot] = ActivationSlot(kind: .double, bits: value.bitPattern)
    default: slots[slot] = ActivationSlot(kind: .other, bits: 0)
    }
    values[slot] = value
  }

  /// Sets a slot of text; O(n).
  /// - Throws: as ``set(_:_:)``.
  public mutating func set(_ slot: Int, text: String) throws(ValueError) {
    guard slots.indices.contains(slot), types[slot] == .string else { return try set(slot, .string(text)) }
    setText(slot, text)
    values[slot] = .string(text)
  }

  /// Sets a slot of numbers.
  /// - Throws: as ``set(_:_:)``.
  public mutating func set(_ slot: Int, number: Double) throws(ValueError) { try set(slot, .double(number)) }

  private mutating func setText(_ slot: Int, _ text: String) {
    var text = text
    let offset = bytes.count
    var head: UInt64 = 0
    text.withUTF8 { source in
      for index in 0..<min(source.count, 8) { head |= UInt64(source[index]) << UInt64(index * 8) }
      bytes.append(contentsOf: source)
    }
    slots[slot] = ActivationSlot(
      kind: .string, bits: head, offset: UInt32(truncatingIfNeeded: offset),
      length: UInt32(truncatingIfNeeded: bytes.count - offset))
  }

  /// The value of a slot; `nil` when it is absent or unknown.
  func value(_ slot: Int32) -> Value? {
    switch slots[Int(slot)].kind {
    case .absent, .unknown: Optional<Value>.none
    default: values[Int(slot)]
    }
  }

  static func conforms(_ value: Value, _ type: ExpressionType) -> Bool {
    switch (type, value) {
    case (.dyn, _), (.parameter, _), (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double),
      (.string, .string), (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.type, .type):
      true
    case (.list(let element), .list(let values)): element == .dyn || values.allSatisfy { conforms($0, element) }
    case (.map(let key, let type), .map(let map)):
      map.entries.allSatisfy { conforms($0.key.value, key) && conforms($0.value, type) }
    case (.record, .map(let map)): map.entries.allSatisfy { $0.key.text != nil }
    case (.optional(let type), .opaque(let value)):
      (value as? OptionalValue).map { $0.wrapped.map { conforms($0, type) } ?? true } ?? false
    case (.opaque(let name, _), .opaque(let value)): Swift.type(of: value).typeName.sameBytes(as: name)
    default: false
    }
  }
}

/// What a slot holds, in plain bits.
struct ActivationSlot: Sendable {
  enum Kind: UInt8 {
    case absent, unknown, bool, int, uint, double, string, other
  }

  var kind = Kind.absent
  /// The number or the truth value; of text the first eight bytes, the first lowest.
  var bits: UInt64 = 0
  /// Where the bytes of a text start.
  var offset: UInt32 = 0
  var length: UInt32 = 0
}
