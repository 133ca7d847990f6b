import SCRMModel

/// What the audience says: short texts of four moods in Chinese and English.
enum SyntheticText {
  enum Mood: CaseIterable, Sendable {
    case question, praise, complaint, small
  }

  static func phrases(_ mood: Mood, chinese: Bool) -> [String] {
    switch mood {
    case .question: chinese ? chineseQuestions : englishQuestions
    case .praise: chinese ? chinesePraise : englishPraise
    case .complaint: chinese ? chineseComplaints : englishComplaints
    case .small: chinese ? chineseSmall : englishSmall
    }
  }

  static func reply(chinese: Bool) -> String {
    chinese ? "您好，非常抱歉给您带来不便，我们马上为您处理。" : "We are sorry about that and will help you at once."
  }

  private static let chineseQuestions = [
    "请问什么时候发货？", "这款有现货吗？", "会员积分怎么兑换？", "支持七天无理由退货吗？", "周末门店几点开门？",
    "怎么预约上门安装？", "还有优惠券可以领吗？",
  ]
  private static let englishQuestions = [
    "When will this ship?", "Is this in stock?", "How do I redeem my points?", "Can I return it within a week?",
    "When does the store open on Sunday?", "Does it work with the older model?", "Is there a coupon?",
  ]
  private static let chinesePraise = [
    "用了一个月，非常满意，谢谢！", "客服态度很好，谢谢👍", "质量不错，推荐给朋友了", "包装很用心，喜欢！", "物流超快，五星好评",
    "回购第三次了，一直很好用",
  ]
  private static let englishPraise = [
    "Love it, works perfectly. Thank you!", "Great service, thanks 👍", "Recommended it to my friends",
    "Beautifully packed, love it", "Arrived overnight, five stars", "Third time I buy it, still great",
  ]
  private static let chineseComplaints = [
    "刚买三天就坏了，要求退款！", "等了两周还没发货，太失望了", "客服电话一直打不通，我要投诉", "收到的是坏的，怎么退款？",
    "质量太差了，再也不买了", "退款申请一周了没人处理",
  ]
  private static let englishComplaints = [
    "It broke after three days, I want a refund!", "Still waiting after two weeks, very disappointed",
    "Nobody answers your hotline. This is a complaint", "It arrived broken, how do I get a refund?",
    "Terrible quality, never again", "My refund request has been ignored for a week",
  ]
  private static let chineseSmall = [
    "周末去爬山，天气真好", "打卡新店☕️", "转发抽奖", "今天加班到十点", "有人一起看展吗", "晒晒我家的猫",
  ]
  private static let englishSmall = [
    "Off to the mountains this weekend", "Trying the new café ☕️", "What a week", "Anyone up for a run?",
    "Look at my cat", "Great talk today",
  ]
}

/// What the audience buys.
enum SyntheticProduct {
  struct Item: Sendable {
    let reference: ObjectReference
    /// In hundredths, the same number in every currency but yuan, where it is sevenfold.
    let price: Int64
  }

  static let items: [Item] = [
    item("p-100", "Phone", 49_900), item("p-101", "Earbuds", 8_900), item("p-102", "Kettle", 3_950),
    item("p-103", "Coffee machine", 21_900), item("p-104", "Running shoes", 11_990), item("p-105", "Camera", 79_900),
    item("p-106", "Backpack", 6_400), item("p-107", "Lamp", 2_550),
  ]

  private static func item(_ id: String, _ name: String, _ price: Int64) -> Item {
    Item(reference: ObjectReference(type: "product", id: id, name: name), price: price)
  }
}
