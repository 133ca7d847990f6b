import SCRMModel
import StateCoding

extension StoredIdentifier {
  /// Reads a state.
  /// - Throws: `SCRMError` with `unsupportedSchema` or `corruptState`.
  init(_ record: StateRecord) throws(SCRMError) {
    guard case .person(let person) = record.key else {
      throw SCRMError(.corruptState, subject: "\(record.kind) \(record.key.text)", "expected the key of an account")
    }
    let account = AccountID(high: person.high, low: person.low)
    self = try record.decoded(schema: Self.schema) { reader throws(StateDecodingError) in
      try StoredIdentifier(account: account, from: &reader)
    }
  }

  private init(account: AccountID, from reader: inout ByteReader) throws(StateDecodingError) {
    self.account = account
    let kind = try reader.string()
    key = IdentifierKey(IdentifierNamespace(kind, scope: try reader.string()), key: try reader.string())
    let time = try reader.requiredInstant()
    (seconds, nanoseconds) = (time.secondsSinceEpoch, time.nanoseconds)
    flags = NodeRow.Flags(rawValue: UInt16(truncatingIfNeeded: try reader.unsigned())).intersection(Self.kept)
    degree = UInt32(truncatingIfNeeded: try reader.unsigned())
    descriptors = []
    for _ in 0..<(try reader.count()) {
      let kind: IdentityDescriptor.Kind
      switch try reader.byte() {
      case 0: kind = .name
      case 1: kind = .birthDate
      case 2: kind = .place
      default: throw .malformed
      }
      descriptors.append(
        (IdentityDescriptor(kind, try reader.string()), UInt32(truncatingIfNeeded: try reader.unsigned())))
    }
    edges = []
    for _ in 0..<(try reader.count()) { edges.append(try StoredEdge(from: &reader)) }
    vetoes = []
    for _ in 0..<(try reader.count()) {
      vetoes.append(StoredVeto(position: LogPosition(try reader.unsigned()), isSecond: try reader.bool()))
    }
    switch try reader.byte() {
    case 0: owner = nil
    case 1: owner = .organisation(OrganisationID(try reader.string()))
    case 2: owner = .group(GroupID(try reader.string()))
    default: throw .malformed
    }
    if owner != nil { flags.insert(.grouped) }
  }

  /// The state; equal identifiers give equal bytes.
  func record(version: LogPosition) -> StateRecord {
    var writer = ByteWriter(reservingCapacity: 64 + edges.count * 64)
    writer.string(key.namespace.kind)
    writer.string(key.namespace.scope)
    writer.string(key.key)
    writer.signed(seconds)
    writer.count(Int(nanoseconds))
    writer.unsigned(UInt64(flags.intersection(Self.kept).rawValue))
    writer.unsigned(UInt64(degree))
    writer.count(descriptors.count)
    for (descriptor, support) in descriptors {
      switch descriptor.kind {
      case .name: writer.byte(0)
      case .birthDate: writer.byte(1)
      case .place: writer.byte(2)
      }
      writer.string(descriptor.value)
      writer.unsigned(UInt64(support))
    }
    writer.count(edges.count)
    for edge in edges { edge.write(to: &writer) }
    writer.count(vetoes.count)
    for veto in vetoes {
      writer.unsigned(veto.position.rawValue)
      writer.bool(veto.isSecond)
    }
    switch owner {
    case nil: writer.byte(0)
    case .organisation(let id):
      writer.byte(1)
      writer.string(id.rawValue)
    case .group(let id):
      writer.byte(2)
      writer.string(id.rawValue)
    }
    return StateRecord(
      kind: Self.kind, key: Self.stateKey(account), version: version, schema: Self.schema, bytes: writer.bytes)
  }
}

extension StoredEdge {
  fileprivate init(from reader: inout ByteReader) throws(StateDecodingError) {
    other = AccountID(high: try reader.fixed(), low: try reader.fixed())
    for _ in 0..<(try reader.count()) {
      let event = try reader.event()
      let marks = try reader.byte()
      let time = try reader.requiredInstant()
      evidence.append(
        StoredEvidence(
          event: event, isTarget: marks & 16 != 0, seconds: time.secondsSinceEpoch, nanoseconds: time.nanoseconds,
          strength: try reader.double(), mine: marks & 3, theirs: marks >> 2 & 3))
    }
    more = UInt32(truncatingIfNeeded: try reader.unsigned())
    if more > 0 {
      moreStrength = try reader.double()
      let marks = try reader.byte()
      (moreMine, moreTheirs, moreIsVerified) = (marks & 3, marks >> 2 & 3, marks & 16 != 0)
    }
  }

  fileprivate func write(to writer: inout ByteWriter) {
    writer.fixed(other.high)
    writer.fixed(other.low)
    writer.count(evidence.count)
    for piece in evidence {
      writer.event(piece.event)
      writer.byte(piece.mine | piece.theirs << 2 | (piece.isTarget ? 16 : 0))
      writer.signed(piece.seconds)
      writer.count(Int(piece.nanoseconds))
      writer.double(piece.strength)
    }
    writer.unsigned(UInt64(more))
    if more > 0 {
      writer.double(moreStrength)
      writer.byte(moreMine | moreTheirs << 2 | (moreIsVerified ? 16 : 0))
    }
  }
}
