import EventTime
public import SCRMExpressions
public import SCRMModel
import StateCoding

/// What a tally has to say about a key.
public enum TallyOutcome: Sendable, Hashable {
  /// The number is enough since `time`, by these events in their order.
  case reached(Double, events: [UInt64], time: Instant)
  /// The number has fallen below the threshold.
  case fell(Double, time: Instant)
  /// An event left before its time because as many counted as may.
  case leftEarly(event: UInt64)
  /// As many events waited for stragglers as may, so time was taken to have come to this.
  case hurried(Instant)
}

/// A tally made ready to run; what a key has seen is a ``State``, a value that the host keeps and stores.
///
/// - Complexity: An event costs O(*n*) for *n* events of its key that count.
public struct TallyMatcher: Sendable {
  /// The tally.
  public let tally: EventTally

  private let condition: PatternMatcher
  private let expression: ExpressionProgram?
  private let definition: WindowTally.Definition
  private let lateness: Int64

  /// What a tally keeps for one key; bounded by ``EventTally/limits``.
  public struct State: Sendable, Hashable {
    var content = WindowTally()

    /// Creates the state of a key without history.
    public init() {}

    /// Whether nothing counts; such a state need not be kept, but then late events are not told from others.
    public var isIdle: Bool { content.isIdle }
  }

  /// Compiles a tally.
  /// - Throws: `SCRMError` for a condition or expression that cannot be compiled, a threshold that is not above zero and at most
  ///   nine billion, or a window that is not longer than zero.
  public init(
    _ tally: EventTally, _ environment: ExpressionEnvironment,
    closures: (String) -> PatternMatcher.Closure? = { _ in nil }
  ) throws(SCRMError) {
    let subject = "tally \(tally.name)"
    guard tally.threshold > 0, tally.threshold <= 9e9 else {
      throw SCRMError(.invalidValue, subject: subject, "expected a threshold above 0, at most 9000000000")
    }
    guard tally.window > .zero else {
      throw SCRMError(.invalidValue, subject: subject, "expected a window longer than zero")
    }
    self.tally = tally
    condition = try PatternMatcher(
      EventPattern(tally.name).begin("counts", where: tally.condition), environment, closures: closures)
    do throws(ExpressionError) {
      switch tally.measure {
      case .count: expression = nil
      case .sum(let text), .distinct(let text): expression = try environment.compile(text)
      }
    } catch { throw SCRMError(.invalidValue, subject: subject, "\(error)") }
    let isSum = if case .sum = tally.measure { true } else { false }
    let isDistinct = if case .distinct = tally.measure { true } else { false }
    definition = WindowTally.Definition(
      countsLabels: isDistinct,
      threshold: Int128((isSum ? tally.threshold * 1_000_000 : tally.threshold).rounded(.up)),
      window: PatternTime.microseconds(tally.window), limits: tally.limits.internalForm)
    lateness = PatternTime.microseconds(tally.lateness)
  }

  /// Takes in an event with the values of its facts.
  ///
  /// An event that does not count changes nothing.
  /// - Returns: whether it was taken; a late event is not.
  @discardableResult
  public func add(
    time: Instant, id: UInt64, _ activation: ExpressionActivation, to state: inout State,
    into outcomes: inout [TallyOutcome]
  ) -> Bool {
    let moment = PatternTime.microseconds(time)
    guard moment > state.content.now else { return false }
    guard condition.holding(activation) != 0,
      let entry = entry(time: moment, id: id, activation)
    else { return true }
    let report = { (outcome: WindowTally.Outcome) in outcomes.append(self.outcome(outcome)) }
    if lateness == 0 {
      state.content.advance(to: moment - 1, definition, report)
      state.content.count(entry, definition, report)
      return true
    }
    guard state.content.add(entry, definition, report) else { return false }
    state.content.advance(to: moment - lateness - 1, definition, report)
    return true
  }

  /// Event time has passed `time`: no event at or before it is taken any more, and events leave whose window has passed.
  public func advance(_ state: inout State, to time: Instant, into outcomes: inout [TallyOutcome]) {
    state.content.advance(to: PatternTime.microseconds(time), definition) { outcomes.append(outcome($0)) }
  }

  /// The earliest time to advance to that changes something; `nil` when nothing counts.
  public func deadline(of state: State) -> Instant? {
    state.content.deadline(definition).map { PatternTime.instant($0) }
  }

  /// The number as it stands.
  public func value(of state: State) -> Double { number(state.content.value(definition)) }

  /// The stored form; equal states give equal bytes.
  public func encode(_ state: State) -> [UInt8] {
    var writer = ByteWriter()
    state.content.write(to: &writer)
    return writer.bytes
  }

  /// Reads the stored form.
  /// - Throws: `SCRMError` for bytes that are malformed or of another version.
  public func decode(_ bytes: [UInt8]) throws(SCRMError) -> State {
    do throws(StateDecodingError) {
      var reader = ByteReader(bytes)
      var state = State()
      state.content = try WindowTally(from: &reader)
      guard reader.isAtEnd else { throw .malformed }
      return state
    } catch { throw SCRMError(.corruptState, subject: "tally \(tally.name)", error.reason) }
  }

  // MARK: Values

  private func entry(time: Int64, id: UInt64, _ activation: ExpressionActivation) -> WindowTally.Entry? {
    guard let expression else { return WindowTally.Entry(time: time, id: id) }
    guard let value = try? expression.evaluate(activation) else { return nil }
    if definition.countsLabels {
      switch value {
      case .string(let text): return WindowTally.Entry(time: time, id: id, label: text)
      case .int(let number): return WindowTally.Entry(time: time, id: id, label: String(number))
      case .uint(let number): return WindowTally.Entry(time: time, id: id, label: String(number))
      default: return nil
      }
    }
    guard let number = value.doubleValue, number.isFinite, abs(number) <= 9.2e9 else { return nil }
    return WindowTally.Entry(time: time, id: id, amount: Int64((number * 1_000_000).rounded()))
  }

  private func number(_ value: Int128) -> Double {
    if case .sum = tally.measure { return Double(value) / 1_000_000 }
    return Double(value)
  }

  private func outcome(_ outcome: WindowTally.Outcome) -> TallyOutcome {
    switch outcome {
    case .reached(let value, let events, let time):
      .reached(number(value), events: events, time: PatternTime.instant(time))
    case .fell(let value, let time): .fell(number(value), time: PatternTime.instant(time))
    case .leftEarly(let id): .leftEarly(event: id)
    case .hurried(let time): .hurried(PatternTime.instant(time))
    }
  }
}
