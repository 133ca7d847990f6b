/// How often a store fails, and how, reproducibly by the seed.
///
/// Rates are in thousandths of the calls they apply to, 0 … 1,000 in all.
public struct StoreFaults: Sendable, Hashable {
  /// Decides which calls fail.
  public var seed: UInt64
  /// Calls that never arrive: nothing happens, the caller gets ``StoreOutage``.
  public var lost = 0
  /// Writes that are carried out but whose answer is lost: the caller gets ``StoreOutage``.
  public var answerLost = 0
  /// Commits that the caller gives up with ``StoreOutage`` and that arrive later all the same, a few calls on.
  public var delayed = 0
  /// Commits that arrive twice.
  public var repeated = 0
  /// Commits refused with a conflict although nothing moved on.
  public var conflict = 0
  /// Lets every so many-th call be lost besides; `nil` for none.
  public var everyNth: Int?

  /// Creates faults; as created there are none.
  public init(seed: UInt64) { self.seed = seed }
}

/// The connection to the store failed; whether the call was carried out is not known.
public struct StoreOutage: Error, Sendable, Hashable, CustomStringConvertible {
  /// The call.
  public let call: StoreCall
  /// Creates an outage.
  public init(_ call: StoreCall) { self.call = call }
  /// The call.
  public var description: String { "the connection failed during \(call.rawValue)" }
}
