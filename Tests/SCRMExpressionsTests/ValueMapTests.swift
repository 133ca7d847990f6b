import SCRMExpressions
import Testing

/// `ValueMap` against a list of pairs.
struct ValueMapTests {
  /// The same key of the language, decided without the map's own order.
  private func same(_ left: ValueMap.Key, _ right: ValueMap.Key) -> Bool {
    switch (left, right) {
    case (.bool(let l), .bool(let r)): l == r
    case (.string(let l), .string(let r)): Array(l.utf8) == Array(r.utf8)
    case (.int(let l), .int(let r)): l == r
    case (.uint(let l), .uint(let r)): l == r
    case (.int(let l), .uint(let r)), (.uint(let r), .int(let l)): Int128(l) == Int128(r)
    default: false
    }
  }

  @Test(arguments: UInt64(1)...30)
  func behavesLikeAListOfPairs(seed: UInt64) throws {
    var random = TestRandom(seed)
    var map = ValueMap()
    var model: [(key: ValueMap.Key, value: Value)] = []
    for step in 0..<300 {
      let key = random.key()
      let value = random.below(3) == 0 ? nil : Value.int(Int64(step))
      map[key] = value
      let position = model.firstIndex { same($0.key, key) }
      switch (position, value) {
      case (let position?, let value?): model[position].value = value
      case (let position?, nil): model.remove(at: position)
      case (nil, let value?): model.append((key, value))
      case (nil, nil): break
      }
      #expect(map.count == model.count)
      #expect(map.isEmpty == model.isEmpty)
      let probe = random.key()
      #expect(map[probe] == model.first { same($0.key, probe) }?.value, "seed \(seed)")
      #expect(probe == probe && (probe == key) == same(probe, key))
      if probe == key { #expect(probe.hashValue == key.hashValue) }
    }
    // The order does not depend on how the map was made.
    #expect(try ValueMap(model.shuffled(using: &random)) == map)
    for (left, right) in zip(map.entries, map.entries.dropFirst()) { #expect(!same(left.key, right.key)) }
  }

  @Test
  func refusesEqualKeys() throws {
    let pairs: [(ValueMap.Key, ValueMap.Key)] = [
      (.int(1), .uint(1)), (.int(0), .uint(0)), (.int(.max), .uint(UInt64(Int64.max))), (.string("a"), .string("a")),
      (.bool(true), .bool(true)),
    ]
    for (left, right) in pairs {
      let error = #expect(throws: ValueError.self) {
        try ValueMap([(key: left, value: .null), (key: .string("x"), value: .null), (key: right, value: .null)])
      }
      #expect(error?.code == .duplicateKey)
    }
    let apart = try ValueMap([
      (key: .string("\u{E9}"), value: 1), (key: .string("e\u{301}"), value: 2), (key: .string("1"), value: 3),
      (key: .int(1), value: 4), (key: .bool(true), value: 5), (key: .uint(.max), value: 6), (key: .int(-1), value: 7),
    ])
    #expect(apart.count == 7)
    #expect(apart["\u{E9}"] == 1 && apart["e\u{301}"] == 2)
    #expect(apart.entries.map(\.value) == [5, 7, 4, 6, 3, 2, 1])
  }

  @Test
  func literalsAndDictionaries() {
    let map: ValueMap = ["a": 1, "b": 2, "a": 3]
    #expect(map.count == 2 && map["a"] == 3)
    #expect(ValueMap(["a": 3, "b": 2]) == map)
    #expect(ValueMap(["b": 2, "a": 3] as [String: Value]).entries.map(\.key) == ["a", "b"])
  }
}
