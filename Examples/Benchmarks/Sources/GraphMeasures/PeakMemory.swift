import Foundation

/// The memory of this process in bytes.
enum PeakMemory {
  /// The most that was resident since the start or the last reset.
  static var peak: Int {
    #if os(Linux)
      return status("VmHWM:")
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }

  /// Forgets the peak and says what is resident now; where the system cannot forget, the peak so far.
  static func reset() -> Int {
    #if os(Linux)
      if let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") {
        try? file.write(contentsOf: Data("5".utf8))
      }
      return status("VmRSS:")
    #else
      return peak
    #endif
  }

  #if os(Linux)
    /// A line of the kernel's report on the process, in kilobytes there.
    private static func status(_ name: String) -> Int {
      let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
      return (line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }
  #endif
}
