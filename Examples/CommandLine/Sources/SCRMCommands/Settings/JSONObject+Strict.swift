import SocialCRM

extension JSONObject {
  /// Refuses members that are not among those expected: a misspelt one would be ignored otherwise.
  func expect(_ names: String...) throws(JSONError) {
    for member in self where !names.contains(member.key) {
      throw JSONError(
        .invalidValue, "unknown member, expected one of \(names.joined(separator: ", "))", path: [.key(member.key)])
    }
  }

  /// A text that is not empty.
  func name(_ key: String) throws(JSONError) -> String {
    let text = try string(key)
    if text.isEmpty { throw JSONError(.invalidValue, "expected a text that is not empty", path: [.key(key)]) }
    return text
  }

  /// The country code of telephone numbers that are written without one.
  func optionalCountryCode(_ key: String) throws(JSONError) -> String? {
    guard let code = try optionalString(key) else { return nil }
    do throws(NormalisationError) { _ = try NormalForm.phone(defaultCountryCode: code).key(for: "0") } catch {
      if error.code == .invalidSetting {
        throw JSONError(.invalidValue, "expected a country code such as 86", path: [.key(key)])
      }
    }
    return code
  }

  /// A whole number within a range.
  func optionalInt(_ key: String, in range: ClosedRange<Int>) throws(JSONError) -> Int? {
    guard let value = try optionalInt(key) else { return nil }
    guard let number = Int(exactly: value), range.contains(number) else {
      throw JSONError(
        .invalidValue, "expected a whole number from \(range.lowerBound) to \(range.upperBound)", path: [.key(key)])
    }
    return number
  }

  /// A span of time such as `86400s`, not negative.
  func optionalDuration(_ key: String) throws(JSONError) -> Duration? {
    guard let text = try optionalString(key) else { return nil }
    guard let span = Duration(secondsText: text), span >= .zero else {
      throw JSONError(.invalidValue, "expected a span in seconds such as 86400s", path: [.key(key)])
    }
    return span
  }

  /// A text that is one of the cases.
  func optionalChoice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, of type: Choice.Type
  ) throws(JSONError) -> Choice? where Choice.RawValue == String {
    guard let text = try optionalString(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw JSONError(.invalidValue, "expected one of \(names)", path: [.key(key)])
    }
    return choice
  }

  /// The member read by its own reader, errors under its name.
  func optional<Part>(
    _ key: String, _ read: (JSON) throws(JSONError) -> Part
  ) throws(JSONError) -> Part? {
    guard let json = self[key], !json.isNull else { return nil }
    do { return try read(json) } catch { throw error.prefixed(by: .key(key)) }
  }

  /// The elements read by their own reader, errors under name and index; none when the member is absent.
  func list<Part>(_ key: String, _ read: (JSON) throws(JSONError) -> Part) throws(JSONError) -> [Part] {
    guard let json = self[key], !json.isNull else { return [] }
    var parts: [Part] = []
    do throws(JSONError) {
      for (index, element) in try json.arrayValue().enumerated() {
        do { parts.append(try read(element)) } catch { throw error.prefixed(by: .index(index)) }
      }
    } catch { throw error.prefixed(by: .key(key)) }
    return parts
  }
}
