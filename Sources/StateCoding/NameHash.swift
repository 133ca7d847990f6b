/// 64-bit FNV-1a (Fowler, Noll, Vo): a stable short name for registered names inside state records.
///
/// Not for hostile input: owners of a registry check their names for collisions.
package func nameHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  return hash
}
