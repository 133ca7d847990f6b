import StrictJSON
import Testing

@testable import SCRMExpressions

struct ConditionTreeTests {
  /// The text of an expression and the form it takes.
  private static let table: [(text: String, json: String)] = [
    ("event.type == \"comment\"", #"{"field":"event.type","operator":"==","value":"comment"}"#),
    ("a != null", #"{"field":"a","operator":"!=","value":null}"#),
    (
      "a.b < 5 && a.b >= 5u",
      #"{"all":[{"field":"a.b","operator":"<","value":5},{"field":"a.b","operator":">=","value":{"$uint":"5"}}]}"#
    ),
    (
      "x > 20.5 || x <= 20.0",
      #"{"any":[{"field":"x","operator":">","value":20.5},{"field":"x","operator":"<=","value":{"$double":"20.0"}}]}"#
    ),
    ("!(a == true)", #"{"not":{"field":"a","operator":"==","value":true}}"#),
    ("!a.b", #"{"not":{"field":"a.b","operator":"isTrue"}}"#),
    ("event.channel in [\"weibo\", \"微信\"]", #"{"field":"event.channel","operator":"in","value":["weibo","微信"]}"#),
    ("a in []", #"{"field":"a","operator":"in","value":[]}"#),
    ("\"vip\" in profile.tags", #"{"field":"profile.tags","operator":"includes","value":"vip"}"#),
    ("event.text.contains(\"退款\")", #"{"field":"event.text","operator":"contains","value":"退款"}"#),
    ("a.startsWith(\"b\")", #"{"field":"a","operator":"startsWith","value":"b"}"#),
    ("a.endsWith(\"b\")", #"{"field":"a","operator":"endsWith","value":"b"}"#),
    ("a.matches(\"^b+$\")", #"{"field":"a","operator":"matches","value":"^b+$"}"#),
    ("has(profile.email)", #"{"field":"profile.email","operator":"exists"}"#),
    ("a.`b-c` == b\"x\"", #"{"field":"a.`b-c`","operator":"==","value":{"$bytes":"eA=="}}"#),
    // Whatever is no test of one field against literals stays an expression.
    ("5 < a", #"{"expression":"5 < a"}"#),
    ("a == b", #"{"expression":"a == b"}"#),
    ("a == [1]", #"{"expression":"a == [1]"}"#),
    ("a in [b]", #"{"expression":"a in [b]"}"#),
    ("a in [?b]", #"{"expression":"a in [?b]"}"#),
    ("a.?b == 1", #"{"expression":"a.?b == 1"}"#),
    ("a[\"b\"] == 1", #"{"expression":"a[\"b\"] == 1"}"#),
    ("a.contains(b)", #"{"expression":"a.contains(b)"}"#),
    ("size(a) > 10 && b", #"{"all":[{"expression":"size(a) > 10"},{"field":"b","operator":"isTrue"}]}"#),
    (
      "a && (b && c)",
      #"{"all":[{"field":"a","operator":"isTrue"},{"all":[{"field":"b","operator":"isTrue"},{"field":"c","operator":"isTrue"}]}]}"#
    ),
  ]

  @Test func formsAreThoseOfTheTable() throws {
    for (text, json) in Self.table {
      let tree = try ExpressionTree(parsing: text)
      let condition = ConditionTree(tree)
      #expect(condition.jsonText == json)
      #expect(condition.tree == tree, "\(text)")
      #expect(try ConditionTree(jsonBytes: Array(json.utf8)) == condition, "\(text)")
    }
  }

  @Test func groupsOfFewerThanTwoHaveAMeaning() throws {
    let test = #"{"field":"a","operator":"==","value":1}"#
    for (json, text) in [
      ("{\"all\":[\(test)]}", "a == 1"), ("{\"any\":[\(test)]}", "a == 1"), (#"{"all":[]}"#, "true"),
      (#"{"any":[]}"#, "false"),
      ("{\"not\":{\"any\":[]}}", "!false"), (#"{"expression":"a == 1"}"#, "a == 1"),
    ] {
      let condition = try ConditionTree(jsonBytes: Array(json.utf8))
      #expect(condition.tree.text == text)
      let normal = ConditionTree(condition.tree)
      #expect(normal.tree == condition.tree)
      #expect(ConditionTree(normal.tree) == normal)
    }
  }

  @Test func malformedFormsNameThePlace() throws {
    for (json, path) in [
      ("{}", "expected an object"), ("[]", "expected an object"), (#"{"all":{}}"#, "all"), (#"{"all":null}"#, "all"),
      (#"{"all":[1]}"#, "all"), (#"{"field":"a","operator":"~","value":1}"#, "operator"),
      (#"{"field":"a"}"#, "operator"),
      (#"{"field":"a+b","operator":"isTrue"}"#, "field"), (#"{"field":"a.?b","operator":"isTrue"}"#, "field"),
      (#"{"field":"a","operator":"=="}"#, "value"), (#"{"field":"a","operator":"==","value":[1]}"#, "value"),
      (#"{"field":"a","operator":"in","value":1}"#, "value"),
      (#"{"field":"a","operator":"in","value":[[1]]}"#, "value"),
      (#"{"field":"a","operator":"contains","value":1}"#, "value"),
      (#"{"field":"a","operator":"exists","value":1}"#, "value"),
      (#"{"field":"a","operator":"isTrue","more":1}"#, "more"), (#"{"all":[],"any":[]}"#, "any"),
      (#"{"expression":"a =="}"#, "expression"), (#"{"not":{"expression":5}}"#, "not"),
    ] {
      do {
        _ = try ConditionTree(jsonBytes: Array(json.utf8))
        Issue.record("\(json) was taken")
      } catch {
        #expect("\(error)".contains(path), "\(json): \(error)")
      }
    }
  }

  @Test func anyCoderGivesTheSameForm() throws {
    let condition = ConditionTree(try ExpressionTree(parsing: "a == 1 && !has(b.c)"))
    let data = try StrictJSONEncoder().encode(condition)
    #expect(try StrictJSONDecoder().decode(ConditionTree.self, from: data) == condition)
  }
}
