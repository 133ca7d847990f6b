import StrictJSON

/// A type with a form of its own; its members are an array, so that another path of coding would be noticed.
struct Point: JSONCodable, Hashable {
  var x: Int64
  var y: Int64
  init(x: Int64, y: Int64) { (self.x, self.y) = (x, y) }
  init(json: JSON) throws(JSONError) {
    let elements = try json.arrayValue()
    guard elements.count == 2 else { throw JSONError(.invalidValue, "expected two numbers") }
    do { x = try elements[0].int64Value() } catch { throw error.prefixed(by: .index(0)) }
    do { y = try elements[1].int64Value() } catch { throw error.prefixed(by: .index(1)) }
  }
  func write(to writer: inout JSONWriter) {
    writer.beginArray()
    writer.int(x)
    writer.int(y)
    writer.endArray()
  }
}

/// A form that nests other forms, and whose member is named like the member it is often found under.
struct Box: JSONCodable, Hashable {
  var box: Point
  init(box: Point) { self.box = box }
  init(json: JSON) throws(JSONError) { box = try json.objectValue().required("box") }
  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("box", box)
    writer.endObject()
  }
}

enum Kind: String, Codable, Hashable { case small, large }

enum Shape: Codable, Hashable {
  case circle(radius: Double)
  case box(Box)
  case empty
}

struct Drawing: Codable, Hashable {
  var name: String
  var kind: Kind
  var note: String?
  var origin: Point
  var path: [Point]
  var maybe: Point?
  var byName: [String: Point]
  var byNumber: [Int: Int8]
  var shapes: [Shape]
  var nested: [[Int?]]
  var numbers: Numbers
}

struct Numbers: Codable, Hashable {
  var i8: Int8 = .min
  var u8: UInt8 = .max
  var i16: Int16 = .min
  var u16: UInt16 = .max
  var i32: Int32 = .min
  var u32: UInt32 = .max
  var i64: Int64 = .min
  var u64: UInt64 = .max
  var int: Int = .max
  var uint: UInt = .max
  var float: Float = 0.1
  var double = 0.1
  var flag = true
}

extension Drawing {
  static let sample = Drawing(
    name: "n", kind: .large, note: nil, origin: Point(x: 1, y: -2), path: [Point(x: 3, y: 4), Point(x: 5, y: 6)],
    maybe: Point(x: .max, y: .min), byName: ["5": Point(x: 7, y: 8)], byNumber: [9: 10],
    shapes: [.circle(radius: 2.5), .box(Box(box: Point(x: 0, y: 0))), .empty], nested: [[1, nil], []],
    numbers: Numbers())

  static let sampleText = """
    {"name":"n","kind":"large","origin":[1,-2],"path":[[3,4],[5,6]],\
    "maybe":[9223372036854775807,-9223372036854775808],"byName":{"5":[7,8]},"byNumber":{"9":10},\
    "shapes":[{"circle":{"radius":2.5}},{"box":{"_0":{"box":[0,0]}}},{"empty":{}}],"nested":[[1,null],[]],\
    "numbers":{"i8":-128,"u8":255,"i16":-32768,"u16":65535,"i32":-2147483648,"u32":4294967295,\
    "i64":-9223372036854775808,"u64":18446744073709551615,"int":9223372036854775807,"uint":18446744073709551615,\
    "float":0.1,"double":0.1,"flag":true}}
    """
}

/// Classes, whose parents are encoded in a container of their own.
class Animal: Codable {
  var legs: Int
  init(legs: Int) { self.legs = legs }
}

final class Dog: Animal {
  var name: String
  init(name: String) {
    self.name = name
    super.init(legs: 4)
  }
  private enum Key: String, CodingKey { case name }
  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    name = try container.decode(String.self, forKey: .name)
    try super.init(from: container.superDecoder())
  }
  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try super.encode(to: container.superEncoder())
  }
}
