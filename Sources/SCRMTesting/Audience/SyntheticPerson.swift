import DenseData
import SCRMModel

/// One invented person, computed from number and seed, so that nobody has to be kept.
struct SyntheticPerson: Sendable {
  /// The accounts a person may have.
  enum Account: CaseIterable, Sendable {
    case publicAccount, handle, shopOpenID, serviceOpenID, unionID, weCom, email, phone, loyalty, visitor, secondVisitor
  }

  let number: Int
  /// Whether the person lives in China; others in the United States or in Europe.
  let isChinese: Bool
  let isEuropean: Bool
  private let bits: UInt64
  /// Unique in the audience.
  private let code: UInt32

  init(_ number: Int, seed: UInt64) {
    self.number = number
    isChinese = number % 5 < 3
    isEuropean = number % 5 == 3
    var generator = SeededGenerator(seed: seed ^ (UInt64(truncatingIfNeeded: number) &* 0x9e37_79b9_7f4a_7c15))
    bits = generator.next()
    code = Self.scrambled(UInt32(truncatingIfNeeded: number) ^ UInt32(truncatingIfNeeded: seed))
  }

  /// A bijection on 32 bits (the finaliser of MurmurHash3, Appleby 2011): different numbers stay different.
  private static func scrambled(_ value: UInt32) -> UInt32 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 16)) &* 0x85eb_ca6b
    mixed = (mixed ^ (mixed >> 13)) &* 0xc2b2_ae35
    return mixed ^ (mixed >> 16)
  }

  var token: String { String(code, radix: 36) }

  var name: String { isChinese ? Self.chineseNames[part(0, 20)] : Self.englishNames[part(0, 20)] }

  var city: String {
    if isChinese { return Self.chineseCities[part(5, 6)] }
    return isEuropean ? Self.europeanCities[part(5, 4)] : Self.americanCities[part(5, 4)]
  }

  var interest: String { Self.interests[part(8, 8)] }

  var timeZone: String { isChinese ? "Asia/Shanghai" : isEuropean ? "Europe/Berlin" : "America/New_York" }

  var currency: String { isChinese ? "CNY" : isEuropean ? "EUR" : "USD" }

  var language: String { isChinese ? "zh-Hans" : "en" }

  /// Whether the person likes to give consent: about two in three do.
  var isAgreeable: Bool { part(12, 3) != 0 }

  private func part(_ shift: UInt64, _ bound: Int) -> Int { Int((bits >> shift) & 0xffff) % bound }

  private func has(_ bit: UInt64, of shares: UInt64) -> Bool { (bits >> (16 + bit * 4)) & 15 < shares }

  /// The identifier of an account; `nil` when the person has none of that sort.
  func identifier(_ account: Account) -> Identifier? {
    switch account {
    case .publicAccount:
      return isChinese
        ? Identifier(.weibo, String(1_000_000_000 + number), .verified)
        : Identifier(Self.twitter, "@" + name + "_" + token)
    case .handle: return has(0, of: 4) ? Identifier(Self.instagram, name + "." + token) : nil
    case .shopOpenID: return isChinese ? Identifier(Self.shop, "oS4kF1vQ2" + token, .verified) : nil
    case .serviceOpenID:
      return isChinese && has(1, of: 8) ? Identifier(Self.service, "oK9dT7uW3" + token, .verified) : nil
    case .unionID: return isChinese ? Identifier(Self.union, "u8Lm3Rz" + token, .verified) : nil
    case .weCom: return isChinese && has(2, of: 6) ? Identifier(Self.weCom, "wm" + token, .verified) : nil
    case .email: return has(3, of: isChinese ? 5 : 13) ? Identifier(.email, address) : nil
    case .phone: return has(4, of: isChinese ? 12 : 5) ? Identifier(.phone, telephone) : nil
    case .loyalty: return has(5, of: 5) ? Identifier(Self.club, "C" + String(10_000_000 + number), .verified) : nil
    case .visitor: return Identifier(Self.web, "v1-" + token, .inferred)
    case .secondVisitor: return has(6, of: 6) ? Identifier(Self.web, "v2-" + token, .inferred) : nil
    }
  }

  // One in eight writes the address in capitals, as forms on telephones like to do.
  private var address: String {
    part(40, 8) == 0 ? name.uppercased() + "." + token + "@Example.com" : name + "." + token + "@example.com"
  }

  // 169 is not given out in China and 555 is not an area code, so no number is anybody's.
  private var telephone: String {
    let digits = String(20_000_000 + number)
    return (isChinese ? "+86 169" : "+1 555 2") + (isChinese ? digits : String(digits.dropFirst(2)))
  }

  static let twitter = IdentifierNamespace.handle("twitter")
  static let instagram = IdentifierNamespace.handle("instagram")
  static let shop = IdentifierNamespace.wechatOpenID(app: "wxshop")
  static let service = IdentifierNamespace.wechatOpenID(app: "wxservice")
  static let union = IdentifierNamespace.wechatUnionID(account: "brand")
  static let weCom = IdentifierNamespace.weComExternalUser(corporation: "wwbrand")
  static let club = IdentifierNamespace.loyalty("club")
  static let web = IdentifierNamespace.anonymous("web")

  private static let chineseNames = [
    "wangwei", "lina", "zhangmin", "liujie", "chenfang", "yangyang", "zhaolei", "huangjing", "zhoutao", "wuxia",
    "xumei", "sunhao", "mali", "zhuling", "hujun", "guoyan", "heping", "luochen", "gaoshan", "linlin",
  ]
  private static let englishNames = [
    "anna", "ben", "clara", "david", "emma", "finn", "grace", "henry", "ida", "jack", "kate", "leo", "mia", "noah",
    "olivia", "paul", "ruth", "sam", "tess", "will",
  ]
  private static let chineseCities = ["Shanghai", "Beijing", "Shenzhen", "Chengdu", "Hangzhou", "Wuhan"]
  private static let europeanCities = ["Berlin", "Vienna", "Dublin", "Lyon"]
  private static let americanCities = ["Boston", "Chicago", "Austin", "Seattle"]
  private static let interests = [
    "travel", "running", "coffee", "photography", "cooking", "gaming", "music", "parenting",
  ]
}
