import SCRMModel

/// Reads orders from a table and writes them as JSON lines.
@main struct SCRMModelHost {
  static func main() throws {
    let table = """
      order_no,member,paid_at,total,city
      1001,C1,2024-05-01 10:00:00,199.90,Shanghai
      1002,,2024-05-01 10:05:00,89.00,Beijing
      1003,C2,yesterday,12.00,Wuhan
      1004,C1,2024-05-03 21:15:00,50.10,Shanghai
      """
    let mapping = CSVMapping(
      source: "shop", id: "order_no", kind: .constant("purchase"),
      actor: .init([.init(column: "member", namespace: .loyalty("club"))]),
      time: .init(column: "paid_at", format: .pattern("yyyy-MM-dd HH:mm:ss"), offset: 28_800),
      amount: .init(column: "total", currency: .constant("CNY")), traits: [.init(column: "city")])
    var parser = try CSVInteractionParser(mapping: mapping, received: try Instant(rfc3339: "2024-05-04T00:00:00Z"))
    var total = try Money("0", currency: "CNY")
    for row in parser.parse(Array(table.utf8)) {
      switch row.result {
      case .success(let order):
        if let amount = order.amount { total = try total.adding(amount) }
        print(order.jsonText)
      case .failure(let error): print("refused:", error)
      }
    }
    print("in all:", total)
  }
}
