#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension Array where Element: BitwiseCopyable {
  /// Moves the elements to large pages of memory where the system has such and they fill some.
  ///
  /// A loop that reads all over an array of many megabytes waits for the place of each small page as long as for what it holds. For
  /// arrays that are kept: some milliseconds a megabyte once, nothing for what they hold; an array that is copied or grows out of its
  /// room is in small pages again.
  package func moveToLargePages() {
    #if os(Linux)
      withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        let start = (Int(bitPattern: base) + Self.largePage - 1) & -Self.largePage
        let end = (Int(bitPattern: base) + bytes.count) & -Self.largePage
        guard start < end, let first = UnsafeMutableRawPointer(bitPattern: start) else { return }
        // Advice only: a system that does not take it leaves the pages as they are.
        _ = madvise(first, end - start, Self.collapse)
      }
    #endif
  }

  #if os(Linux)
    /// 2 MiB, the least that is larger than a usual page on the processors that are common.
    private static var largePage: Int { 1 << 21 }

    /// MADV_COLLAPSE, from Linux 6.1 on; not yet in all headers.
    private static var collapse: CInt { 25 }
  #endif
}
