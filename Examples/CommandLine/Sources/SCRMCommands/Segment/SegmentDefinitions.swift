import Foundation
import SocialCRM

/// The file of definitions: `{"facts":[…],"fields":[…],"segments":[…],"rankings":[…]}`.
///
/// Facts are those of the standard schema when the member is absent, fields of `event` those of interactions; `ready` adds
/// families of ready segments by name.
struct SegmentDefinitions {
  let catalogue: SegmentCatalogue
  let rankings: [RankDefinition]

  /// Reads and checks the file.
  /// - Throws: ``CommandFailure`` that names the member, or the segment and what is wrong with it.
  init(file: String) throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw CommandFailure("\(file): there is no such file")
    }
    do {
      let object = try JSON(bytes: [UInt8](data)).objectValue()
      try object.expect("facts", "fields", "segments", "ready", "rankings")
      let facts = object["facts"] == nil ? FactSchema.standard : try FactSchema(json: .object(object.only("facts")))
      var fields = EventSchema.standard
      if object["fields"] != nil {
        fields = try EventSchema(
          try object.list("fields") { json throws(JSONError) in
            let field = try json.objectValue()
            try field.expect("name", "type")
            guard let type = ExpressionType(try field.string("type")) else {
              throw JSONError(.invalidValue, "expected a type such as string or double", path: [.key("type")])
            }
            return ExpressionRecord.Field(try field.name("name"), type)
          })
      }
      let ready = try object.list("ready") { json throws(JSONError) in try Self.family(json.stringValue()) }.flatMap {
        $0
      }
      if object["segments"] == nil, ready.isEmpty {
        throw JSONError(.missing, "expected a list of definitions", path: [.key("segments")])
      }
      let segments: [Segment] = try object.array("segments")
      rankings = try object["rankings"] == nil ? [] : object.array("rankings")
      catalogue = try SegmentCatalogue(segments + ready, facts: facts, events: fields, zone: ZoneFiles.rules)
      try Self.check(rankings, catalogue)
    } catch let error as SegmentError {
      throw CommandFailure("\(file): \(error)")
    } catch {
      throw CommandFailure("\(file): \(error)")
    }
  }

  /// A ranking fits the fields of events, and a snapshot that conditions name is one of a ranking: nobody would be in it.
  private static func check(_ rankings: [RankDefinition], _ catalogue: SegmentCatalogue) throws {
    var names: Set<SegmentName> = []
    let empty = try PopulationBuilder(facts: catalogue.facts).finish()
    let engine = BatchSegments(catalogue)
    for ranking in rankings {
      guard names.insert(ranking.rank.name).inserted else {
        throw JSONError(.invalidValue, "two rankings are called \(ranking.rank.name)", path: [.key("rankings")])
      }
      _ = try ranking.snapshot(in: empty, ids: [], by: engine, at: .epoch)
    }
    for segment in catalogue.segments {
      for name in segment.condition.snapshots where !names.contains(name) {
        throw JSONError(.invalidValue, "\(segment.name) names the ranking \(name), which is not among rankings")
      }
    }
  }

  private static func family(_ name: String) throws(JSONError) -> [Segment] {
    switch name {
    case "participation": return ParticipationSegments().segments
    case "roles": return RelationRoleSegments().segments
    case "lifecycle": return LifecycleSegments().segments
    case "heat": return HeatSegments().segments
    case "activity": return ActivitySegments().segments
    case "reach": return PlatformReachSegments().segments
    default:
      throw JSONError(
        .invalidValue, "expected one of participation, roles, lifecycle, heat, activity, reach, found \(name)")
    }
  }
}

extension JSONObject {
  /// The object with one member alone.
  fileprivate func only(_ key: String) -> JSONObject {
    var copy = JSONObject()
    copy[key] = self[key]
    return copy
  }
}
