/// Working memory of a loop: a fixed number of plain values without checks, freed at the end of its scope.
///
/// Hot loops over graphs spend a tenth to a third of their time in checks that cannot fail and in reference counts of
/// arrays; several threads cannot write to different parts of one array. Indices must lie in `0 ..< count`: this is for
/// code that has checked its input.
@usableFromInline
package struct ScratchBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// The first element; valid while the buffer is.
  @usableFromInline package let base: UnsafeMutablePointer<Element>
  /// The number of elements.
  @usableFromInline package let count: Int

  /// Creates a buffer of `count` times the same value.
  @inlinable
  package init(_ count: Int, repeating value: Element) {
    self.count = count
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: value, count: count)
  }

  /// Creates a copy of an array.
  @inlinable
  package init(_ elements: [Element]) {
    count = elements.count
    base = .allocate(capacity: max(count, 1))
    elements.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { base.initialize(from: first, count: source.count) }
    }
  }

  @inlinable
  deinit { base.deallocate() }

  @inlinable
  package subscript(index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// The elements as an array.
  @inlinable
  package func array() -> [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Sets every element.
  @inlinable
  package func fill(_ value: Element) { base.update(repeating: value, count: count) }
}
