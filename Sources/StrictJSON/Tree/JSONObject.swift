/// The members of a JSON object in the order they were written; names compare by bytes.
///
/// Looking up a name is O(n) in small objects and O(1) expected in objects of more than 64 members.
public struct JSONObject: Sendable {
  /// A member.
  public typealias Element = (key: String, value: JSON)

  private var members: [Element]
  private var index: [Name: Int]?

  /// Objects of more members are looked up through an index.
  static let scannedUpTo = 64

  /// Creates an object; of members with the same name the first is found by name.
  public init(_ members: [(key: String, value: JSON)] = []) {
    self.members = members
    if members.count > Self.scannedUpTo { buildIndex() }
  }

  /// Wraps members whose names are known to differ, with their positions when there are more than `scannedUpTo`.
  init(unique members: [Element], index: [Name: Int]?) {
    self.members = members
    self.index = index
  }

  /// Creates an object in which of members with the same name the last value counts, in the place of the first.
  init(lastOf members: [Element]) {
    var object = JSONObject()
    object.members.reserveCapacity(members.count)
    for member in members { object[member.key] = member.value }
    self = object
  }

  /// The number of members.
  public var count: Int { members.count }

  /// The value of the member with this name; assigning to a new name appends it, assigning `nil` removes it.
  public subscript(key: String) -> JSON? {
    get { position(of: key).map { members[$0].value } }
    set {
      switch (position(of: key), newValue) {
      case (.some(let position), .some(let value)): members[position].value = value
      case (.some(let position), nil):
        members.remove(at: position)
        if index != nil { buildIndex() }
      case (nil, .some(let value)):
        members.append((key: key, value: value))
        if index != nil {
          index?[Name(text: key)] = members.count - 1
        } else if members.count > Self.scannedUpTo {
          buildIndex()
        }
      case (nil, nil): break
      }
    }
  }

  private func position(of key: String) -> Int? {
    if let index { return index[Name(text: key)] }
    return members.firstIndex { UTF8Text.same($0.key, key) }
  }

  private mutating func buildIndex() { index = Self.positions(members) }

  /// The first position of every name.
  static func positions(_ members: [Element]) -> [Name: Int] {
    var built: [Name: Int] = [:]
    built.reserveCapacity(members.count)
    for (position, member) in members.enumerated() where built[Name(text: member.key)] == nil {
      built[Name(text: member.key)] = position
    }
    return built
  }
}

extension JSONObject {
  /// A name that compares and hashes by its bytes.
  struct Name: Hashable, Sendable {
    let text: String
    static func == (left: Name, right: Name) -> Bool { UTF8Text.same(left.text, right.text) }
    func hash(into hasher: inout Hasher) { UTF8Text.hash(text, into: &hasher) }
  }
}

extension JSONObject: Sequence, Hashable {
  /// Iterates over the members in order.
  public func makeIterator() -> IndexingIterator<[Element]> { members.makeIterator() }

  /// A lower bound of the number of members: the number itself.
  public var underestimatedCount: Int { members.count }

  /// Whether both have the same members in the same order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count
      && zip(left.members, right.members).allSatisfy { UTF8Text.same($0.key, $1.key) && $0.value == $1.value }
  }

  /// Hashes the names and values in order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(members.count)
    for member in members {
      UTF8Text.hash(member.key, into: &hasher)
      hasher.combine(member.value)
    }
  }
}
