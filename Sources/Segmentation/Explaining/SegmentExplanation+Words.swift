public import SCRMModel

extension SegmentExplanation: Redacted {
  /// The explanation in words, without values of facts and amounts.
  public var redactedDescription: String { explanation.text }

  /// The explanation in words: definitions are quoted, counts and times told; what is known of the person is not.
  public var explanation: Explanation {
    let place = isMember ? "in" : "not in"
    let deciding = terms.filter(\.isDeciding)
    var evidence = deciding.map { Explanation.Evidence($0.redactedDescription) }
    if let changesByItself {
      evidence.append(.init("by itself \(isMember ? "leaves" : "enters") at \(Self.moment(changesByItself))"))
    }
    var otherwise: String?
    if let suggestion = suggestions.first {
      otherwise = suggestion.redactedDescription
    } else if isFinal {
      otherwise = "nothing that may still happen changes this"
    }
    return Explanation(
      "\(place) \(segment) version \(version) at \(Self.moment(time))", evidence: evidence, otherwise: otherwise)
  }

  static func moment(_ milliseconds: Int64) -> String {
    Instant(millisecondsSinceEpoch: milliseconds).map { "\($0)" } ?? "\(milliseconds) ms"
  }
}

extension ExplainedTerm: Redacted {
  /// The term, whether it holds, and counts; neither facts nor amounts nor texts.
  public var redactedDescription: String {
    var text = "\(condition.text) \(holds ? "holds" : "does not hold")"
    for reading in readings {
      guard let value = reading.value else {
        text += ", \(reading.name) is not known"
        continue
      }
      if Self.isCount(condition), case .int(let count) = value { text += ", it is \(count)" }
    }
    if let reason { text += "; \(reason)" }
    return text
  }

  private static func isCount(_ condition: SegmentCondition) -> Bool {
    if case .measure(let measure, _, _) = condition { measure.function == .count } else { false }
  }
}

extension ExplainedTerm.Reading: Redacted {
  /// The name.
  public var redactedDescription: String { "\(name) \(value == nil ? "is not known" : "is known")" }
}

extension SegmentSuggestion: Redacted {
  /// The steps in words.
  public var redactedDescription: String { steps.map(\.redactedDescription).joined(separator: ", then ") }
}

extension SegmentIntervention: Redacted {
  /// The step without values.
  public var redactedDescription: String {
    switch self {
    case .interactions(let interactions): interactions.redactedDescription
    case .fact(let name, let value, _): value == nil ? "\(name) unset" : "\(name) set"
    case .wait(let time): "wait until \(SegmentExplanation.moment(time))"
    case .snapshot(let name, let isMember): "\(isMember ? "in" : "out of") the next snapshot of \(name)"
    }
  }
}

extension SuggestedInteractions: Redacted {
  /// Kind, number and time.
  public var redactedDescription: String {
    let names = fields.keys.sorted().joined(separator: ", ")
    return "\(count) more \(kind) at \(SegmentExplanation.moment(time))"
      + (names.isEmpty ? "" : " with a certain \(names)")
  }
}
