import Foundation
import SCRMExpressions

/// The rules and events of the comparison, with only the fields the rules look at.
struct Workload {
  struct Event {
    var type: String
    var text: String
    var city: String
    var influence: Double
  }

  static let fields = ["event.type", "event.text", "profile.city", "profile.influence"]

  static var environment: ExpressionEnvironment {
    var environment = ExpressionEnvironment()
    environment.declare(ExpressionRecord("Event", [.init("type", .string), .init("text", .string)]))
    environment.declare(ExpressionRecord("Profile", [.init("city", .string), .init("influence", .double)]))
    environment.declare("event", .record("Event"))
    environment.declare("profile", .record("Profile"))
    return environment
  }

  var rules: [String] = []
  var events: [Event] = []

  init(folder: String) throws {
    let folder = URL(fileURLWithPath: folder)
    let limits = JSONLimits(maximumBytes: 1 << 30)
    let rules = try JSON(bytes: Array(Data(contentsOf: folder.appendingPathComponent("rules.json"))), limits: limits)
    for rule in try rules.arrayValue() { self.rules.append(try rule.objectValue().string("cel")) }
    let lines = try Data(contentsOf: folder.appendingPathComponent("events.ndjson"))
    for line in lines.split(separator: 10) {
      let object = try JSON(bytes: Array(line)).objectValue()
      let event = try object.object("event")
      let profile = try object.object("profile")
      events.append(
        Event(
          type: try event.string("type"), text: try event.string("text"), city: try profile.string("city"),
          influence: try profile.double("influence")))
    }
  }
}
