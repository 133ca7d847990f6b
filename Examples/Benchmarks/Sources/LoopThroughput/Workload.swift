import SCRMTesting
import SocialCRM

/// The conditions of the measurement: as many segments and rules as asked for, of the kinds people write.
enum Workload {
  static func segments(_ count: Int) -> [SegmentDefinition] {
    let kinds: [InteractionKind] = [.purchase, .comment, .share, .like, .view, .post, .checkIn, .message]
    return (0..<count).map { index in
      let kind = kinds[index % kinds.count]
      let days = 7 + 7 * (index % 8)
      let least = 1 + index % 4
      switch index % 5 {
      case 0:
        return SegmentDefinition("tier-\(index)", version: 1) { $0.tier >= (index % 2 == 0 ? .deep : .occasional) }
      case 1: return SegmentDefinition("heat-\(index)", version: 1) { $0.heat > Double(least) * 4 }
      default:
        return SegmentDefinition("\(kind)-\(index)", version: 1) { $0.count(kind, days: days) >= least }
      }
    }
  }

  static func rules(_ count: Int) -> [Rule] {
    let words = [
      ["refund", "退款"], ["broken", "坏了"], ["late", "太慢"], ["thanks", "谢谢"], ["price", "价格"], ["help", "帮助"],
      ["cancel", "取消"], ["love", "喜欢"], ["size", "尺寸"], ["invoice", "发票"],
    ]
    return (0..<count).map { index in
      if index % 4 == 3 {
        return Rule("after-\(index)", version: 1, on: [.purchase], cooldown: .days(30)) { context in
          context.person.count(.purchase, days: 90) > index % 3
        } propose: { _ in
          Proposal("coupon", validity: .days(7))
        }
      }
      return Rule(
        "words-\(index)", version: 1, on: [.post, .comment, .message],
        keywords: KeywordTrigger(any: words[index % words.count]), cooldown: .hours(24)
      ) { context in
        context.person.heat >= 0
      } propose: { _ in
        Proposal("reply", parameters: ["template": .int(Int64(index))])
      }
    }
  }

  static func configuration(segments: Int, rules: Int, batchSize: Int) throws -> SocialCRM.Configuration {
    var configuration = try SocialCRM.Configuration(segments: Self.segments(segments), rules: Self.rules(rules))
    configuration.batchSize = batchSize
    return configuration
  }
}
