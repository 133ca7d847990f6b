import SCRMReport
import SocialCRM
import Testing

struct PageTests {
  static let nonCharacters = String(
    String.UnicodeScalarView(([0xFFFE, 0xFDD0, 0x1FFFF] as [UInt32]).compactMap { Unicode.Scalar($0) }))
  static let sections = [
    "volume", "keywords", "participation", "connected", "reach", "latency", "segments", "actions", "merges", "input",
  ]

  @Test func `every part is there, once, with its figures`() throws {
    let page = try Markup(SampleReports.full().html)
    for id in Self.sections {
      #expect(page.elements.count { $0.attributes["id"] == id } == 1, "\(id)")
      #expect(page.elements("section").contains { $0.attributes["aria-labelledby"] == id }, "\(id)")
    }
    #expect(page.elements("h1").map(\.text) == ["refund"])
    let headline = page.elements("dd").map(\.text)
    #expect(
      headline == [
        "55", "55 new in this run", "20", "from 30 accounts", "11 min 58 s", "7 questions open", "6", "3 held back",
        "8",
        "3 left", "5", "3 duplicates",
      ])
    #expect(page.row("deep") == ["deep", "2", "10%", "49%"])
    #expect(page.row("silent") == ["silent", "12", "60%", "18%"])
    #expect(page.row("01234567") == ["01234567", "9", "94", "deep", "3"])
    #expect(page.row("refund4") == ["refund", "4", "–", "silent", "1"])
    #expect(page.row("Weibo") == ["Weibo 微博", "12", "60%", "40"])
    #expect(page.row("no channel named") == ["no channel named", "1", "5.0%", "5"])
    #expect(page.row("All brands")?.suffix(5) == ["11 min 58 s", "1 h", "5 h 42 min", "1 d 1 h", "4 d 15 h"])
    #expect(page.row("5 to 15 min") == ["5 to 15 min", "4", "40%"])
    #expect(page.row("refund5−3") == ["refund", "5", "−3", "+8"])
    #expect(page.row("refund2 no consent") == ["refund2 no consent · 1 cooling down · 1 cancelled", "6", "3"])
    #expect(page.row("conflictingBody") == ["conflictingBodyrefund", "4"])
    #expect(page.elements("p", class: "aside").contains { $0.text.contains("1 before, from 29 Apr 2024") })
    #expect(page.elements("article").count == 4)
    #expect(page.elements("article").contains { $0.text.contains("Otherwise consent") && $0.text.contains("12.3") })
    #expect(page.elements("li").contains { $0.text.contains("known by refund, is 01234567") })
  }

  @Test func `the volume has a column for each count, as high as it is`() throws {
    let page = try Markup(SampleReports.full().html)
    let chart = try #require(
      page.elements.firstIndex { $0.attributes["aria-label"] == "Interactions by day, as columns" })
    let customers = page.elements("rect", class: "a").filter { $0.parents.contains(chart) }
    let heights = customers.compactMap { $0.attributes["height"].flatMap(Double.init) }
    // The axis ends at 15, the next round number above 11.
    #expect(heights.count == 10)
    for (index, height) in heights.enumerated() {
      #expect(abs(height - Double(index + 1) / 15 * 200) < 0.06, "\(index)")
    }
    let row = page.row("8 May 2024")
    #expect(row == ["8 May 2024", "10", "1"])
  }

  @Test func `it stands alone and says how it is written`() throws {
    let html = SampleReports.full().html
    let page = try Markup(html)
    for name in ["script", "link", "img", "iframe", "object", "form", "use", "image", "a"] {
      #expect(page.elements(name).isEmpty, "\(name)")
    }
    for text in ["url(", "@import", "http://", "https://", "javascript:"] { #expect(!html.contains(text), "\(text)") }
    for element in page.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") || $0 == "src" || $0 == "href" || $0 == "style" })
    }
    #expect(page.elements("html").first?.attributes["lang"] == "en")
    #expect(page.elements("span").contains { $0.text == "退款" && $0.attributes["lang"] == "zh" })
    for drawing in page.elements("svg") {
      let isHidden = drawing.attributes["aria-hidden"] == "true"
      #expect(isHidden || (drawing.attributes["role"] == "img" && drawing.attributes["aria-label"] != nil))
    }
    for table in page.elements.indices where page.elements[table].name == "table" {
      let inner = page.elements.filter { $0.parents.contains(table) }
      #expect(inner.contains { $0.name == "caption" && !$0.text.isEmpty })
      #expect(inner.contains { $0.name == "th" && $0.attributes["scope"] == "row" })
    }
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for part in ["prefers-color-scheme: dark", "max-width: 600px", "@media print", "tabular-nums"] {
      #expect(html.contains(part), "\(part)")
    }
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\" onload=\"x", "'><b>", "&amp;&#60;", "]]><!--", "</style><script>",
    "a\0b\u{7}c\u{1B}[31m",
    "\u{202E}gnp.exe", "\u{2028}line\r\nbreak\t", nonCharacters, String(repeating: "長", count: 5_000),
    String(repeating: "e\u{301}", count: 900), "z" + String(repeating: "\u{301}", count: 10_000), "", " ", "👩‍👩‍👧‍👦‍",
    "مرحبا שלום",
  ])
  func `no text becomes markup`(text: String) throws {
    let plain = try Markup(SampleReports.full(name: "refund").html)
    let html = SampleReports.full(name: text).html
    let page = try Markup(html)
    // Language marks aside, the same elements whatever the texts are.
    func shape(_ page: Markup) -> [String] { page.elements.map(\.name).filter { $0 != "span" && $0 != "bdi" } }
    #expect(shape(page) == shape(plain))
    for element in page.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") })
    }
    #expect(!html.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) || $0.value & 0xFFFE == 0xFFFE })
    #expect(html.utf8.count < 400_000)
  }

  @Test func `what is harmless is shown as it is`() throws {
    for text in ["退款 & Co. \"A\" <b>", "Łódź 'x'"] {
      let page = try Markup(SampleReports.full(name: text).html)
      #expect(page.elements("h1").first?.text == text)
      #expect(page.elements("h3").first?.text == text)
    }
  }

  @Test func `the same report gives the same bytes`() {
    #expect(Array(SampleReports.full().html.utf8) == Array(SampleReports.full().html.utf8))
    var other = SampleReports.full()
    other.replies.open += 1
    #expect(other.html != SampleReports.full().html)
  }

  @Test func `an empty run has every part and no chart`() throws {
    let page = try Markup(RunReport(title: "nothing").html)
    for id in Self.sections { #expect(page.element(id: id) != nil, "\(id)") }
    #expect(page.elements("svg").isEmpty && page.elements("table").isEmpty)
    #expect(page.elements("p", class: "nothing").count == Self.sections.count)
  }

  @Test(arguments: [1, 2, 7, 31, 120, 400])
  func `any length of time`(days: Int) throws {
    let page = try Markup(SampleReports.full(days: days).html)
    let chart = try #require(
      page.elements.firstIndex { $0.attributes["aria-label"] == "Interactions by day, as columns" })
    let inner = page.elements.filter { $0.parents.contains(chart) }
    #expect(inner.count { $0.name == "rect" } == 2 * days)
    let dates = inner.filter { $0.name == "text" && ($0.attributes["class"] ?? "").hasPrefix("tick") }
    #expect(dates.count >= 1 && dates.count <= 17)
    for rectangle in inner where rectangle.name == "rect" {
      let width = rectangle.attributes["width"].flatMap { Double($0.dropLast()) }
      let x = rectangle.attributes["x"].flatMap { Double($0.dropLast()) }
      #expect((width ?? 0) > 0 && (x ?? -1) >= 0 && (x ?? 0) + (width ?? 0) <= 100.001)
    }
  }

  @Test func `huge numbers stay within their bars`() throws {
    let page = try Markup(SampleReports.full(factor: Int.max / 300).html)
    for rectangle in page.elements("rect") {
      guard let width = rectangle.attributes["width"], width.hasSuffix("%") else { continue }
      #expect((Double(width.dropLast()) ?? -1) >= 0 && (Double(width.dropLast()) ?? 101) <= 100)
    }
    #expect(page.elements("dd").map(\.text).contains { $0.hasSuffix("P") })
  }
}
