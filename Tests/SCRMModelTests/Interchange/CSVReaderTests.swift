import SCRMModel
import Testing

@Suite struct CSVReaderTests {
  private func read(
    _ bytes: [UInt8], chunk: Int = 1_000_000, delimiter: CSVDelimiter = .comma, limits: Limits = Limits()
  ) -> [CSVReader.ParsedRow] {
    var reader = CSVReader(delimiter: delimiter, limits: limits)
    var rows: [CSVReader.ParsedRow] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      rows += reader.push(Array(bytes[start..<min(bytes.count, start + chunk)]))
    }
    return rows + reader.finish()
  }

  private func fields(_ text: String, chunk: Int = 1_000_000, delimiter: CSVDelimiter = .comma) -> [[String]?] {
    read(Array(text.utf8), chunk: chunk, delimiter: delimiter).map { row in (try? row.get())?.fields }
  }

  // The examples of RFC 4180, section 2, in order.
  @Test(arguments: [1, 2, 3, 1_000])
  func rfc4180(chunk: Int) {
    #expect(fields("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", chunk: chunk) == [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]])
    #expect(fields("aaa,bbb,ccc\r\nzzz,yyy,xxx", chunk: chunk) == [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]])
    #expect(
      fields("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", chunk: chunk) == [
        ["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"],
      ])
    #expect(
      fields("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", chunk: chunk)
        == [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]])
    #expect(fields("\"aaa\",\"b\"\"bb\",\"ccc\"", chunk: chunk) == [["aaa", "b\"bb", "ccc"]])
  }

  @Test(arguments: [1, 2, 3, 1_000])
  func nasty(chunk: Int) {
    #expect(fields("", chunk: chunk) == [])
    #expect(fields("\n\r\n\n", chunk: chunk) == [])
    #expect(fields(",", chunk: chunk) == [["", ""]])
    #expect(fields(",\n,\r\n", chunk: chunk) == [["", ""], ["", ""]])
    #expect(fields("a,\r\n\r\n,b", chunk: chunk) == [["a", ""], ["", "b"]])
    #expect(fields("\"\"", chunk: chunk) == [[""]])
    #expect(fields("\"\"\r\n\"\"\"\"\n", chunk: chunk) == [[""], ["\""]])
    #expect(fields("\"\",\"\"\n", chunk: chunk) == [["", ""]])
    #expect(fields("\u{FEFF}\"a,b\",c\n", chunk: chunk) == [["a,b", "c"]])
    #expect(fields("\u{FEFF}", chunk: chunk) == [])
    #expect(fields(" a , b \n", chunk: chunk) == [[" a ", " b "]])
    #expect(fields("日本,🤥\n“x”,é\n", chunk: chunk) == [["日本", "🤥"], ["“x”", "é"]])
    #expect(fields("a;\"b;c\"\n1,2;3\n", chunk: chunk, delimiter: .semicolon) == [["a", "b;c"], ["1,2", "3"]])
    #expect(fields("a\tb|c\n", chunk: chunk, delimiter: .tab) == [["a", "b|c"]])
    #expect(fields("a|\"|\"\n", chunk: chunk, delimiter: .pipe) == [["a", "|"]])
    #expect(fields("a,b\r", chunk: chunk) == [["a", "b"]])
    #expect(fields("\"a\"\r", chunk: chunk) == [["a"]])
  }

  // A refused row, where it began, and that reading goes on with the next line.
  @Test(arguments: [
    ("1,2,3", "fieldCount", "the row has 3 fields, expected 2"),
    ("1", "fieldCount", "the row has 1 fields, expected 2"),
    ("x\"y,2", "syntax", "a quotation mark in an unquoted field, expected the whole field in quotation marks"),
    ("x \"y\",2", "syntax", "a quotation mark in an unquoted field, expected the whole field in quotation marks"),
    ("\"x\"y,2", "syntax", "text behind a closing quotation mark, expected the delimiter or the end of the row"),
    ("\"x\" ,\"2\"", "syntax", "text behind a closing quotation mark, expected the delimiter or the end of the row"),
    ("x\ry,2", "syntax", "a CR without LF outside quotation marks"),
    ("\"x\"\ry,2", "syntax", "a CR without LF outside quotation marks"),
    ("\(String(repeating: "y", count: 70)),2", "limitExceeded", "the row is too long, expected at most 60 bytes"),
    (
      "\"\(String(repeating: "y\n\"\"", count: 40))\",2", "limitExceeded",
      "the row is too long, expected at most 60 bytes"
    ),
    (String(repeating: "\"\",", count: 80), "limitExceeded", "the row is too long, expected at most 60 bytes"),
    ("\(String(repeating: "y", count: 31)),2", "limitExceeded", "a field is too long, expected at most 30 bytes"),
  ])
  func refusedRows(bad: String, code: String, reason: String) throws {
    var limits = Limits()
    limits.lineBytes = 60
    limits.textBytes = 30
    let bytes = Array("a,b\n\"c\n\",d\n\(bad)\r\ne,f\n".utf8)
    for chunk in [1, 2, 7, 1_000] {
      let rows = read(bytes, chunk: chunk, limits: limits)
      #expect(rows.map { row in (try? row.get())?.fields } == [["a", "b"], ["c\n", "d"], nil, ["e", "f"]])
      guard case .failure(let error) = rows[2] else { return }
      #expect(error.code.description == code)
      #expect(error.reason == reason)
      #expect(error.line == 4)
      #expect(try rows[3].get().line == 5 + bad.utf8.count { $0 == 0x0A })
    }
  }

  @Test(arguments: [1, 2, 1_000])
  func unfinishedAndNotUTF8(chunk: Int) {
    let open = read(Array("a,b\n1,\"2\n3,4\n".utf8), chunk: chunk)
    #expect(open.map { row in (try? row.get())?.fields } == [["a", "b"], nil])
    if case .failure(let error) = open[1] {
      #expect(error == InputError(.syntax, line: 2, "the closing quotation mark is missing"))
    }
    // The lead byte in one field and the rest in the next are no character.
    let split = read(
      Array("a,b\n".utf8) + [0xC3, 0x2C, 0xA9, 0x0A, 0x22, 0xC3, 0x22, 0x2C, 0xA9, 0x0A, 0x31, 0x2C, 0x32], chunk: chunk
    )
    #expect(split.map { row in (try? row.get())?.fields } == [["a", "b"], nil, nil, ["1", "2"]])
    if case .failure(let error) = split[1] { #expect(error.code == .invalidUTF8) }
  }

  @Test func fieldCountOfATableWithoutHeader() {
    var reader = CSVReader(fieldCount: 2)
    let rows = reader.push(Array("a\nb,c\n".utf8)) + reader.finish()
    #expect(rows.map { row in (try? row.get())?.fields } == [nil, ["b", "c"]])
    #expect(reader.push(Array("a\n".utf8)).map { row in (try? row.get())?.fields } == [nil])
  }

  @Test func writerQuotesOnlyWhatNeedsIt() {
    var writer = CSVWriter()
    writer.row(["\u{FEFF}x"])
    writer.row(["a", "b c", "d,e", "f\"g", "h\ni", "j\rk", "", "é"])
    writer.row([""])
    writer.row([])
    writer.row(["", ""])
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "\"\u{FEFF}x\"\r\na,b c,\"d,e\",\"f\"\"g\",\"h\ni\",\"j\rk\",,é\r\n\"\"\r\n,\r\n")
    var tabs = CSVWriter(delimiter: .tab, lineEnd: .lf)
    tabs.row(["a,b", "c\td"])
    #expect(tabs.take() == Array("a,b\t\"c\td\"\n".utf8))
    #expect(tabs.bytes.isEmpty)
  }
}

@Suite struct CSVPropertyTests {
  private static let alphabet = [
    "a", "bc", "é", "日", "🤥", ",", ";", "\t", "|", "\"", "\n", "\r", "\r\n", " ", "\u{FEFF}", "\u{0}",
  ]

  private static func table(_ random: inout InterchangeGenerator) -> [[String]] {
    let width = 1 + random.below(5)
    return (0..<(1 + random.below(8))).map { _ in
      (0..<width).map { _ in (0..<random.below(5)).map { _ in random.pick(alphabet) }.joined() }
    }
  }

  // Oracle: the table itself, written with as few and with as many marks as possible.
  @Test func anyTableComesBackInAnyChunks() {
    for seed in UInt64(0)..<2_000 {
      var random = InterchangeGenerator(seed: seed)
      let table = Self.table(&random)
      let delimiter = random.pick(CSVDelimiter.allCases)
      var writer = CSVWriter(delimiter: delimiter, lineEnd: random.pick(CSVWriter.LineEnd.allCases))
      for row in table { writer.row(row) }
      let separator = String(decoding: [delimiter.byte], as: UTF8.self)
      let quoted = table.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: separator) + "\r\n"
      }
      for bytes in [writer.bytes, Array(quoted.joined().utf8)] {
        var reader = CSVReader(delimiter: delimiter)
        var rows: [CSVReader.ParsedRow] = []
        for chunk in random.chunks(bytes, upTo: random.pick([1, 4, 50])) { rows += reader.push(chunk) }
        rows += reader.finish()
        let read = rows.map { row in (try? row.get())?.fields.map { Array($0.utf8) } }
        if read != table.map({ row in row.map { Array($0.utf8) } }) { Issue.record("seed \(seed)") }
        // Physical lines: every LF begins one.
        var line = 1
        for (row, fields) in zip(rows, table) {
          if (try? row.get())?.line != line { Issue.record("line, seed \(seed)") }
          line += 1 + fields.joined().utf8.count { $0 == 0x0A }
        }
      }
    }
  }

  // Bytes without any order: the results do not depend on the chunks, and good rows agree with a plain reader.
  @Test func anyBytesGiveTheSameRowsInAnyChunks() {
    let signs: [UInt8] = [0x61, 0x62, 0x2C, 0x22, 0x0A, 0x0D, 0xC3, 0xA9]
    for seed in UInt64(0)..<3_000 {
      var random = InterchangeGenerator(seed: seed)
      let bytes = (0..<random.below(60)).map { _ in random.pick(signs) }
      var limits = Limits()
      if random.chance(50) { limits.lineBytes = 4 + random.below(20) }
      if random.chance(50) { limits.textBytes = 2 + random.below(8) }
      var whole = CSVReader(limits: limits)
      let expected = whole.push(bytes) + whole.finish()
      for size in [1, 3, 11] {
        var reader = CSVReader(limits: limits)
        var rows: [CSVReader.ParsedRow] = []
        for chunk in random.chunks(bytes, upTo: size) { rows += reader.push(chunk) }
        if rows + reader.finish() != expected { Issue.record("seed \(seed)") }
      }
      if limits == Limits() {
        let plain = Self.plainRows(bytes)
        if expected.map({ row in (try? row.get())?.fields.map { Array($0.utf8) } }) != plain {
          Issue.record("oracle, seed \(seed): \(bytes)")
        }
      }
    }
  }

  // A byte-by-byte reader of the same rules, without any speed.
  private static func plainRows(_ bytes: [UInt8]) -> [[[UInt8]]?] {
    var rows: [[[UInt8]]?] = []
    var width: Int?
    var index = 0
    while index < bytes.count {
      var fields: [[UInt8]] = []
      var good = true
      var marked = false
      row: while true {
        var field: [UInt8] = []
        if index < bytes.count, bytes[index] == 0x22 {
          marked = true
          index += 1
          while true {
            guard index < bytes.count else {
              good = false
              break row
            }
            if bytes[index] == 0x22 {
              if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
                field.append(0x22)
                index += 2
                continue
              }
              index += 1
              break
            }
            field.append(bytes[index])
            index += 1
          }
        } else {
          while index < bytes.count, ![0x2C, 0x0A, 0x0D, 0x22].contains(bytes[index]) {
            field.append(bytes[index])
            index += 1
          }
        }
        fields.append(field)
        if index == bytes.count { break }
        if bytes[index] == 0x2C {
          index += 1
          continue
        }
        if bytes[index] == 0x0D, index + 1 == bytes.count || bytes[index + 1] == 0x0A {
          index += 1
          break
        }
        if bytes[index] == 0x0A { break }
        good = false
        break
      }
      if !good { while index < bytes.count, bytes[index] != 0x0A { index += 1 } }
      index += 1
      if good, fields == [[]], !marked { continue }
      if good, fields.contains(where: { String(validating: $0, as: UTF8.self) == nil }) { good = false }
      if good, fields.count != width ?? fields.count { good = false }
      if good { width = fields.count }
      rows.append(good ? fields : nil)
    }
    return rows
  }
}
