/// The members of a JSON object in the order they were written; names compare by bytes.
///
/// Looking up a name is O(n) in small objects and O(1) expected in objects of more than 16 members.
public struct JSONObject: Sendable {
  /// A member.
  public typealias Element = (key: String, value: JSON)

  private var members: [Element]
  private var index: [Name: Int]?

  struct Name: Hashable, Sendable {
    let text: String
    static func == (left: Name, right: Name) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }
    func hash(into hasher: inout Hasher) {
      let hashed: Void? = text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      if hashed == nil { for byte in text.utf8 { hasher.combine(byte) } }
    }
  }

  private static let indexedFrom = 17

  /// Creates an object; of members with the same name the first is found by name.
  public init(_ members: [(key: String, value: JSON)] = []) {
    self.members = members
    if members.count >= Self.indexedFrom { buildIndex() }
  }

  /// Creates an object under a duplicate policy; `nil` when a name occurs twice and that is refused.
  init?(_ members: [Element], duplicates: JSONLimits.DuplicateKeys) {
    self.members = members
    if members.count < 2 { return }
    var seen: [Name: Int] = [:]
    var kept: [Element] = []
    if members.count < Self.indexedFrom {
      var hasDuplicate = false
      search: for (position, member) in members.enumerated() {
        for earlier in 0..<position where members[earlier].key.utf8.elementsEqual(member.key.utf8) {
          hasDuplicate = true
          break search
        }
      }
      if !hasDuplicate { return }
    }
    for member in members {
      if let position = seen[Name(text: member.key)] {
        switch duplicates {
        case .refused: return nil
        case .firstWins: break
        case .lastWins: kept[position].value = member.value
        }
      } else {
        seen[Name(text: member.key)] = kept.count
        kept.append(member)
      }
    }
    self.members = kept
    if kept.count >= Self.indexedFrom { index = seen }
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
        if index != nil { index?[Name(text: key)] = members.count - 1 } else if members.count >= Self.indexedFrom { buildIndex() }
      case (nil, nil): break
      }
    }
  }

  private func position(of key: String) -> Int? {
    if let index { return index[Name(text: key)] }
    return members.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
  }

  private mutating func buildIndex() {
    var built: [Name: Int] = [:]
    built.reserveCapacity(members.count)
    for (position, member) in members.enumerated() where built[Name(text: member.key)] == nil {
      built[Name(text: member.key)] = position
    }
    index = built
  }
}

extension JSONObject: Sequence, Hashable {
  /// Iterates over the members in order.
  public func makeIterator() -> IndexingIterator<[Element]> { members.makeIterator() }

  /// Whether both have the same members in the same order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count
      && zip(left.members, right.members).allSatisfy { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value == $1.value }
  }

  /// Hashes the names.
  public func hash(into hasher: inout Hasher) { for member in members { Name(text: member.key).hash(into: &hasher) } }
}
