import Foundation
import IdentityGraph

/// Customer records with the entity each of them belongs to.
struct CustomerRecords {
  let records: [SourceRecord]
  let entities: [String]

  /// Reads `records.csv` (record_id, source, full_name, phone, email, city, birth_date, handle) and `truth.csv`
  /// (record_id, entity_id) of a folder.
  init(folder: String) throws {
    var truth: [String: String] = [:]
    for row in try Self.rows(folder + "/truth.csv", ["record_id", "entity_id"]) { truth[row[0]] = row[1] }
    var records: [SourceRecord] = []
    var entities: [String] = []
    let columns = ["record_id", "source", "full_name", "phone", "email", "birth_date", "handle", "city"]
    for row in try Self.rows(folder + "/records.csv", columns) {
      guard let entity = truth[row[0]] else { throw QualityError("record \(row[0]) has no entity") }
      let identifiers = [
        (IdentifierNamespace.phone, row[3]), (.email, row[4]), (.handle(""), row[6]),
      ].filter { !$0.1.isEmpty }
      let descriptors = [(IdentityDescriptor.Kind.name, row[2]), (.birthDate, row[5]), (.place, row[7])].filter {
        !$0.1.isEmpty
      }
      records.append(
        SourceRecord(
          EventKey(SourceID(row[1]), row[0]), identifiers: identifiers.map { Identifier($0.0, $0.1) },
          descriptors: descriptors.map { IdentityDescriptor($0.0, $0.1) }))
      entities.append(entity)
    }
    self.records = records
    self.entities = entities
  }

  private static func rows(_ path: String, _ names: [String]) throws -> [[String]] {
    guard let data = FileManager.default.contents(atPath: path) else { throw QualityError("\(path) cannot be read") }
    var reader = CSVReader()
    var positions: [Int]?
    var result: [[String]] = []
    for row in reader.push([UInt8](data)) + reader.finish() {
      let fields = try row.get().fields
      guard let columns = positions else {
        positions = try names.map { name in
          guard let position = fields.firstIndex(of: name) else { throw QualityError("\(path) has no column \(name)") }
          return position
        }
        continue
      }
      result.append(columns.map { fields[$0] })
    }
    return result
  }
}

struct QualityError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
