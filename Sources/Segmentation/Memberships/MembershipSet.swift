import DenseData

/// The members of a segment as a compressed bitmap of dense person numbers.
///
/// Persons are numbered 0, 1, 2 … by whoever built the population. A set takes about two bytes for each member of a small
/// segment, one bit for each person of a large one and four bytes for each run of neighbours, whichever is least in each
/// block of 65,536 numbers. Set operations go block by block; a hundred segments of a million people are compared with one
/// another in a fraction of a second.
///
/// ```swift
/// let buyers: MembershipSet = [1, 2, 3, 70_000]
/// let fans: MembershipSet = [2, 3, 4]
/// print(buyers.intersectionCount(fans), buyers.jaccardIndex(fans))  // 2 0.4
/// ```
///
/// After Lemire and others, *Roaring bitmaps: implementation of an optimized software library*, Software: Practice and
/// Experience 48, 2018. ``portableBytes()`` writes the public format of the Roaring libraries.
public struct MembershipSet: Sendable, Hashable {
  var bitmap: CompressedBitmap

  /// Creates an empty set.
  public init() { bitmap = CompressedBitmap() }

  /// Creates a set of numbers in any order, also repeated ones; O(n) when they ascend, else O(n log n).
  public init(_ numbers: some Sequence<UInt32>) { bitmap = CompressedBitmap(numbers) }

  init(_ bitmap: CompressedBitmap) { self.bitmap = bitmap }

  /// The number of members; O(blocks), of sets with runs O(runs).
  public var count: Int { bitmap.count }

  /// Whether nobody is a member; O(1).
  public var isEmpty: Bool { bitmap.isEmpty }

  /// The smallest member.
  public var first: UInt32? { bitmap.first }

  /// The largest member.
  public var last: UInt32? { bitmap.last }

  /// Whether a person is a member; O(1) in large segments, else O(log n).
  public func contains(_ person: UInt32) -> Bool { bitmap.contains(person) }

  /// Adds a person; O(block).
  /// - Returns: whether the person is new.
  @discardableResult
  public mutating func insert(_ person: UInt32) -> Bool { bitmap.insert(person) }

  /// Takes a person out; O(block).
  /// - Returns: whether the person was a member.
  @discardableResult
  public mutating func remove(_ person: UInt32) -> Bool { bitmap.remove(person) }

  /// How many members have at most this number; O(blocks).
  public func rank(_ person: UInt32) -> Int { bitmap.rank(person) }

  /// The member before which there are `index` others, `nil` when there are not so many; O(blocks).
  public func member(at index: Int) -> UInt32? { bitmap.select(index) }

  /// The members in ascending order; O(n).
  public func numbers() -> [UInt32] { bitmap.numbers() }

  /// Stores neighbours as runs wherever that makes the serialised form smaller; O(n).
  ///
  /// The members stay the same.
  public mutating func optimise() { bitmap.optimiseRuns() }
}

extension MembershipSet: ExpressibleByArrayLiteral {
  /// Creates a set of the numbers listed.
  public init(arrayLiteral numbers: UInt32...) { self.init(numbers) }
}

extension MembershipSet: CustomStringConvertible {
  /// The number of members.
  public var description: String { "\(count) members" }
}
