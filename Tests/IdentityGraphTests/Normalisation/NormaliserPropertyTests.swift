import Foundation
import IdentityGraph
import Testing

/// What holds for every normaliser and any input.
@Suite struct NormaliserPropertyTests {
  enum Kind: CaseIterable {
    case email, gmail, phone, phoneWithoutDefault, handle, name, opaque

    func key(for raw: String) throws(NormalisationError) -> String {
      switch self {
      case .email: try EmailNormaliser.key(for: raw)
      case .gmail: try EmailNormaliser.key(for: raw, providerRules: true)
      case .phone: try PhoneNormaliser.key(for: raw, defaultCountryCode: "86")
      case .phoneWithoutDefault: try PhoneNormaliser.key(for: raw, defaultCountryCode: nil)
      case .handle: try HandleNormaliser.key(for: raw)
      case .name: try NameNormaliser.key(for: raw)
      case .opaque: try OpaqueNormaliser.key(for: raw)
      }
    }

    /// Pieces that the rules know about, to come near their edges.
    var pieces: [String] {
      let hostile = [
        " ", "\u{3000}", "\u{0}", "\u{202E}", "\u{200B}", "\u{FEFF}", "e\u{301}", "İ", "ß", "ﾊ", "ﾟ", "か",
        "\u{3099}", "👍",
      ]
      switch self {
      case .email, .gmail:
        return hostile + [
          "a", "Z", "ａ", "王", "@", "＠", ".", "．", "。", "+", "-", "gmail.com", "googlemail.com", "例子", ".cn", "<",
          ">", "mailto:", "?", "\"", "9",
        ]
      case .phone, .phoneWithoutDefault:
        return [
          "0", "00", "1", "13", "86", "+", "(0)", " ", "-", "8", "138", "0013", "8000", "４", "39", "7", "５", "x", "转",
          ";ext=", "ext.", ",",
          "\u{202D}",
        ]
      case .handle:
        return hostile + [
          "a", "Z", "＠", "@", "/", "https://", "x.com", "weibo.com", "/u/", "/n/", "%41", "%25", "%2F", "%E5%BC%A0",
          "?", "#", ".", "www.", "1", "profile",
        ]
      case .name:
        return hostile + [
          "李", "娜", "先生", "女士", "Mr", "dr", "Ana", "LÓPEZ", ",", ".", "-", "'", "Ｊ", "·", "ß", "miss", "師",
        ]
      case .opaque:
        return hostile + ["a", "A"]
      }
    }

    /// What the pieces are set into, so that enough of them make an identifier.
    var frames: [(before: String, after: String)] {
      switch self {
      case .email: [("", ""), ("", "@a.cn"), ("a@", ".cn"), ("a@a", "b.cn"), ("王 <", "@a.cn>")]
      case .gmail: [("", ""), ("", "@gmail.com"), ("a", "@GoogleMail.com"), ("a", "+x@gmail.com")]
      case .phone, .phoneWithoutDefault: [("", ""), ("+", ""), ("+86 138", ""), ("+39", "12"), ("00", "12345")]
      case .handle: [("", ""), ("@", ""), ("https://x.com/", ""), ("weibo.com/n/", "?a=b")]
      case .name: [("", ""), ("李", "女士"), ("Mr ", " Smith")]
      case .opaque: [("", "")]
      }
    }
  }

  /// Random pieces set into frames that come near to an identifier.
  @Test(arguments: Kind.allCases, [UInt64(1), 2, 3])
  func `a key is its own key`(kind: Kind, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = kind.pieces
    var accepted = 0
    for _ in 0..<4_000 {
      let text = (0..<Int.random(in: 0...7, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.joined()
      let frame = kind.frames[Int.random(in: 0..<kind.frames.count, using: &random)]
      accepted += check(kind, frame.before + text + frame.after)
    }
    #expect(accepted > 150, "\(kind) accepted \(accepted), seed \(seed)")
  }

  @Test(arguments: Kind.allCases)
  func `every scalar is either taken for good or refused`(kind: Kind) {
    for value in UInt32(0)...0x1_10FF where !(0x3400...0x9FFF).contains(value) && !(0xAC00...0xD7A3).contains(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      switch kind {
      case .email, .gmail:
        _ = check(kind, "a\(scalar)b@example.com")
        _ = check(kind, "a@ex\(scalar)ample.com")
      case .phone, .phoneWithoutDefault: _ = check(kind, "+86138\(scalar)00138000")
      case .handle, .name, .opaque: _ = check(kind, "a\(scalar)b")
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func `very long input is refused or kept short`(kind: Kind) {
    for piece in ["a", "1", "@", ".", " ", "%", "<", "\u{301}", "\u{200B}", "か\u{3099}", "/", "+"] {
      _ = check(kind, String(repeating: piece, count: 200_000))
      _ = check(kind, String(repeating: piece, count: 600))
    }
  }

  @Test func `errors do not repeat the value`() {
    for raw in ["secret-value@", "secret value", "138secret", "https://x.com/secret/status/1", "\u{0}secret"] {
      for kind in Kind.allCases {
        do throws(NormalisationError) {
          _ = try kind.key(for: raw)
        } catch {
          #expect(!error.description.contains("secret"))
          #expect(!error.reason.isEmpty)
        }
      }
    }
  }

  private func check(_ kind: Kind, _ raw: String) -> Int {
    do throws(NormalisationError) {
      let key = try kind.key(for: raw)
      let again: String
      do throws(NormalisationError) {
        again = try kind.key(for: key)
      } catch {
        Issue.record("\(kind): the key of \(raw.debugDescription) is refused, \(error)")
        return 1
      }
      if !again.utf8.elementsEqual(key.utf8) {
        Issue.record("\(kind): \(raw.debugDescription) gives \(key.debugDescription), then \(again.debugDescription)")
      }
      if key.isEmpty { Issue.record("\(kind): \(raw.debugDescription) gives nothing") }
      return 1
    } catch {
      return 0
    }
  }
}

/// SplitMix64, for repeatable tests.
private struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
