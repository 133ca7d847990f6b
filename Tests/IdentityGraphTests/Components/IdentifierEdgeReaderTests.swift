import IdentityGraph
import Testing

/// What the reader of edges refuses, and that the rest goes on.
@Suite struct IdentifierEdgeReaderTests {
  private func read(
    _ bytes: [UInt8], size: Int = 1_000, limits: Limits = Limits()
  ) throws -> (components: IdentifierComponents, refused: [InputError]) {
    var components = IdentifierComponents()
    var reader = IdentifierEdgeReader(limits: limits)
    var refused: [InputError] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      refused += try reader.push(Array(bytes[start..<min(start + size, bytes.count)]), into: &components)
    }
    refused += try reader.finish(into: &components)
    #expect(reader.refusedCount == refused.count)
    return (components, refused)
  }

  @Test(arguments: [1, 2, 3, 7, 16, 1_000])
  func `each bad row is named with its line and the rest is joined`(size: Int) throws {
    var limits = Limits()
    limits.identifierBytes = 12
    limits.lineBytes = 40
    let rows = [
      "\u{FEFF}left,note,right", "a,,b", "b,x", "c,x,d,e", "", ",x,e", "e,x,", "\"f", "g\",x,\"h \"\"h\"\"\"",
      "i\"i,x,j", "\"k\"k,x,l", "0123456789abc,,m", "0,0123456789012345678901234567890123456789,1",
    ]
    let tail: [UInt8] = Array("\nn,".utf8) + [0xFF] + Array(",o\np,q\r,r\r\nb,,z\r\ny,,z".utf8)
    let (components, refused) = try read(Array(rows.joined(separator: "\n").utf8) + tail, size: size, limits: limits)
    #expect(refused.map(\.line) == [3, 4, 6, 7, 10, 11, 12, 13, 14, 15])
    #expect(
      refused.map(\.code) == [
        .fieldCount, .fieldCount, .missing, .missing, .syntax, .syntax, .limitExceeded, .limitExceeded, .invalidUTF8,
        .syntax,
      ])
    var joined = components
    let partition = joined.partition()
    #expect(components.edgeCount == 4)
    #expect(partition.component(of: "y") == "a" && partition.component(of: "h \"h\"") == "f\ng")
  }

  @Test func `columns are found by name, in any place`() throws {
    var components = IdentifierComponents()
    var reader = IdentifierEdgeReader(columns: .named("to", "from"), delimiter: .tab)
    #expect(try reader.push(Array("\"from\"\tweight\tto\na\t1\tb\nb\t2\tc".utf8), into: &components).isEmpty)
    #expect(try reader.finish(into: &components).isEmpty)
    #expect(components.edgeCount == 2 && components.componentCount == 1)
  }

  @Test(arguments: ["", "\n\n", "left,write\n", "a,b\nleft,right\n", "\"left,right\n", "left\"x,right\n"])
  func `an input without the header is refused as a whole`(text: String) {
    let error = #expect(throws: SCRMError.self) { try read(Array(text.utf8)) }
    #expect(error?.code == .missing && error?.subject == "header")
  }

  @Test func `positions outside the first row are refused`() {
    var components = IdentifierComponents()
    var reader = IdentifierEdgeReader(columns: .at(0, 2))
    #expect(throws: SCRMError.self) { try reader.push(Array("a,b\n".utf8), into: &components) }
  }

  @Test func `without a header the first row is an edge, and an empty input has none`() throws {
    var components = IdentifierComponents()
    var reader = IdentifierEdgeReader(columns: .at(1, 0))
    #expect(try reader.push(Array("x\"\na,b\n".utf8), into: &components).map(\.line) == [1])
    #expect(try reader.finish(into: &components).isEmpty)
    #expect(components.edgeCount == 1)
    var empty = IdentifierEdgeReader(columns: .at(0, 1))
    #expect(try empty.finish(into: &components).isEmpty)
  }

  @Test func `a quotation mark that never closes is one bad row`() throws {
    let (components, refused) = try read(Array("left,right\na,b\n\"c,d\ne,f\n".utf8), size: 3)
    #expect(components.edgeCount == 1 && refused.map(\.line) == [3])
  }
}
