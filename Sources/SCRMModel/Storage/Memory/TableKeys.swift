import DenseData
import StateCoding

// How keys are found in tables by hashes; ids are digests and need no further hashing.

extension PersonID: IndexHashable {
  package var indexHash: UInt64 { low ^ high &* 0xff51_afd7_ed55_8ccd }
}

extension AccountID: IndexHashable {
  package var indexHash: UInt64 { low ^ high &* 0xff51_afd7_ed55_8ccd }
}

extension ActionID: IndexHashable {
  package var indexHash: UInt64 { low ^ high &* 0xff51_afd7_ed55_8ccd }
}

extension EventKey: IndexHashable {
  package var indexHash: UInt64 { UInt64(bitPattern: Int64(hashed)) }
}

extension IdentifierKey: IndexHashable {
  package var indexHash: UInt64 { UInt64(bitPattern: Int64(hashed)) }
}

extension TieKey: IndexHashable {
  package var indexHash: UInt64 { from.indexHash &* 0xc4ce_b9fe_1a85_ec53 ^ to.indexHash }
}

extension StateKey: IndexHashable {
  package var indexHash: UInt64 {
    switch self {
    case .person(let id): return id.indexHash
    case .event(let key): return key.indexHash
    case .name(let text):
      var hasher = Hasher()
      text.hashBytes(into: &hasher)
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
  }
}

extension IdentityRecord: VersionedRow {
  var rowKey: IdentifierKey { key }
  var rowHash: UInt64 { keyHash }
}

extension PersonRecord: VersionedRow {
  var rowKey: PersonID { id }
}

extension TieRecord: VersionedRow {
  var rowKey: TieKey { key }
}

extension StateRecord: VersionedRow {
  var rowKey: StateKey { key }
  var rowHash: UInt64 { keyHash }
}

extension Membership: KeyedRow {
  var rowKey: PersonID { person }
}
