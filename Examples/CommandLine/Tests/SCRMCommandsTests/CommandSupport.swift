import Foundation
import SCRMCommands
import SocialCRM
import Synchronization

/// What a command answered.
struct Answer: Sendable {
  var status: Int32
  var output: String
  var error: String

  /// The lines of the output that are of one type, as JSON objects.
  func lines(_ type: String) throws -> [JSONObject] {
    try output.split(separator: "\n").map { try JSON(bytes: Array($0.utf8)).objectValue() }
      .filter { $0["type"] == .string(type) }
  }
}

private final class Transcript: Sendable {
  let output = Mutex(Data())
  let error = Mutex("")
  let input: Mutex<Data>

  init(input: [UInt8]) { self.input = Mutex(Data(input)) }
}

/// Runs a command line in this process.
func scrm(_ arguments: String..., input: [UInt8] = []) async -> Answer { await scrm(arguments, input: input) }

func scrm(_ arguments: [String], input: [UInt8] = []) async -> Answer {
  let transcript = Transcript(input: input)
  let console = Console(
    output: { data in transcript.output.withLock { $0 += data } },
    error: { text in transcript.error.withLock { $0 += text } },
    input: { count in
      transcript.input.withLock { data in
        let part = Data(data.prefix(count))
        data = Data(data.dropFirst(count))
        return part
      }
    })
  let status = await ScrmCommand.run(arguments, on: console)
  return Answer(
    status: status, output: transcript.output.withLock { String(decoding: $0, as: UTF8.self) },
    error: transcript.error.withLock { $0 })
}

/// A folder of its own for a test, removed at its end.
final class Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("scrm-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Writes a file and gives its path.
  func file(_ name: String, _ text: String) throws -> String { try file(name, Array(text.utf8)) }

  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  func bytes(_ name: String) -> [UInt8]? {
    (try? Data(contentsOf: URL(fileURLWithPath: path(name)))).map { [UInt8]($0) }
  }

  func json(_ name: String) throws -> JSON { try JSON(bytes: bytes(name) ?? []) }
}

extension JSON {
  /// A part of a document: members by name, elements by position or by the `name`, `brand` or `rule` they bear.
  subscript(path: String...) -> JSON? {
    var part: JSON? = self
    for step in path {
      switch part {
      case .object(let object)?: part = object[step]
      case .array(let elements)?:
        let named = elements.first { element in
          guard case .object(let object) = element else { return false }
          return ["name", "brand", "rule"].contains { object[$0] == .string(step) }
        }
        part = named ?? Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
      default: return nil
      }
    }
    return part
  }

  static func int(_ value: Int64) -> JSON { .number(JSONNumber(value)) }
}

/// A small table of posts with its configuration.
enum Posts {
  static let header = "id,who,role,when,said,answers\n"

  static let config = """
    {
      "source": "test",
      "csv": {
        "id": "id", "kind": "post",
        "actor": {"ids": [{"column": "who", "namespace": "handle:test"}], "role": {"column": "role"}},
        "target": {"ids": [{"mention": true, "namespace": "handle:test"}], "role": "brand"},
        "text": {"column": "said"}, "time": {"column": "when"}, "inReplyTo": "answers"
      },
      "segments": [{"name": "twice", "version": 1, "count": {"kind": "post", "days": 30, "atLeast": 2}}],
      "rules": [{
        "name": "refund", "version": 1, "on": ["post"], "keywords": {"any": ["refund", "退款"]}, "cooldown": "3600s",
        "then": [{"do": "reply", "with": {"text": "refund"}}]
      }]
    }
    """

  static let rows = """
    1,ann,customer,2024-05-01T08:00:00Z,@Shop where is my refund,
    2,Shop,brand,2024-05-01T08:10:00Z,on its way,1
    3,ann,customer,2024-05-01T08:20:00Z,@Shop refund please,2
    4,王芳,customer,2024-05-02T08:00:00Z,@Shop 我要退款,
    """ + "\n"
}
