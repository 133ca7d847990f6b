/// Why a condition holds, does not hold or is undecided: the parts that decided, with the values they saw.
public struct ExpressionExplanation: Sendable, Hashable {
  /// What a part came to.
  public enum Outcome: Sendable, Hashable {
    /// It was true or false.
    case decided(Bool)
    /// It lacks the paths.
    case missing([String])
    /// It failed.
    case failed(ExpressionEvaluationError)
  }

  /// A value that a part read.
  public struct Operand: Sendable, Hashable {
    /// The operand as written.
    public let text: String
    /// Its value; `nil` when it has none.
    public let value: Value?
  }

  /// A part that decided.
  public struct Reason: Sendable, Hashable {
    /// The part as written.
    public let text: String
    /// Where it stands.
    public let location: ExpressionLocation
    /// What it came to.
    public let outcome: Outcome
    /// The values it read, without constants.
    public let operands: [Operand]

    /// The part, its outcome and its values as JSON, on one line.
    ///
    /// Holds personal data when the values do.
    public var line: String {
      let outcome =
        switch outcome {
        case .decided(let value): value ? "true" : "false"
        case .missing(let paths): "undecided, missing " + paths.joined(separator: ", ")
        case .failed(let error): "failed, " + error.reason
        }
      let seen = operands.map { "\($0.text) = \($0.value?.jsonText ?? "nothing")" }.joined(separator: ", ")
      return "\(text) is \(outcome)" + (seen.isEmpty ? "" : " (\(seen))")
    }
  }

  /// What the whole condition says.
  public let verdict: ExpressionVerdict
  /// The parts that decided, in the order of the text.
  ///
  /// Of a conjunction that is false the first false part, of one that is true every part, and the other way round for a
  /// disjunction; of an undecided one the parts that lack something.
  public let reasons: [Reason]
}

// Values may be personal, so that they are printed only on demand, by `Reason.line`.
extension ExpressionExplanation: CustomStringConvertible {
  /// The verdict and the number of reasons.
  public var description: String { "\(verdict), \(reasons.count) reasons" }
}

extension ExpressionExplanation.Reason: CustomStringConvertible, CustomReflectable {
  /// The part as written.
  public var description: String { text }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension ExpressionExplanation.Operand: CustomStringConvertible, CustomReflectable {
  /// The operand as written.
  public var description: String { text }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
