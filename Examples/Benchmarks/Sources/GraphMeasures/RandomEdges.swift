/// A skewed random graph as social networks are: R-MAT (Chakrabarti, Zhan & Faloutsos 2004) with the usual quarters of 57,
/// 19, 19 and 5 %, without self-loops and repeated edges, its nodes renumbered at random.
struct RandomEdges {
  let nodeCount: Int
  var sources: [UInt32] = []
  var targets: [UInt32] = []

  /// - Parameters:
  ///   - scale: 2^scale nodes.
  ///   - count: about how many edges; repeated ones are drawn again.
  init(scale: Int, count: Int, seed: UInt64 = 20_240_607) {
    nodeCount = 1 << scale
    var keys: [UInt64] = []
    var number: UInt64 = 0
    while keys.count < count {
      for _ in 0..<(count - keys.count + count / 50) {
        let key = Self.edge(number, scale: scale, seed: seed)
        number += 1
        if key >> 32 != key & 0xFFFF_FFFF { keys.append(key) }
      }
      keys.sort()
      var kept = 0
      for place in keys.indices where place == 0 || keys[place] != keys[place - 1] {
        keys[kept] = keys[place]
        kept += 1
      }
      keys.removeSubrange(kept...)
    }
    // Any edges may be left out to reach the number: the greatest hashes.
    if keys.count > count {
      keys.sort { Self.mixed($0) < Self.mixed($1) }
      keys.removeSubrange(count...)
    }
    let order = (0..<UInt32(nodeCount)).sorted {
      Self.mixed(seed ^ UInt64($0) << 20) < Self.mixed(seed ^ UInt64($1) << 20)
    }
    keys = keys.map { UInt64(order[Int($0 >> 32)]) << 32 | UInt64(order[Int($0 & 0xFFFF_FFFF)]) }.sorted()
    sources = keys.map { UInt32($0 >> 32) }
    targets = keys.map { UInt32($0 & 0xFFFF_FFFF) }
  }

  private static func edge(_ number: UInt64, scale: Int, seed: UInt64) -> UInt64 {
    var (source, target): (UInt64, UInt64) = (0, 0)
    for level in 0..<UInt64(scale) {
      let draw = Double(mixed(seed &+ number &* 64 &+ level) >> 11) * 0x1p-53
      source = source << 1 | (draw >= 0.76 ? 1 : 0)
      target = target << 1 | ((draw >= 0.57 && draw < 0.76) || draw >= 0.95 ? 1 : 0)
    }
    return source << 32 | target
  }

  static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
