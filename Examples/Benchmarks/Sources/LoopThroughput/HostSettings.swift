import Foundation

/// What the host of a loop sets for its process.
enum HostSettings {
  /// The settings of the C library's allocator under which a loop runs best: freed memory is kept by the thread that freed
  /// it, instead of going back to an arena that threads share.
  ///
  /// The loop hands values from thread to thread, and the library keeps seven of each size by default. What a thread needs
  /// beyond that it gets in large pieces and keeps, in place of asking the system for every 4 KiB and giving them back.
  static let allocator =
    "glibc.malloc.tcache_count=60000:glibc.malloc.top_pad=60000000:glibc.malloc.trim_threshold=2000000000"

  /// Starts the program anew with the settings, as they are read at the start of a process only.
  ///
  /// Does nothing where `GLIBC_TUNABLES` is set already, with `--plain`, and with another C library.
  static func apply() {
    #if canImport(Glibc)
      guard ProcessInfo.processInfo.environment["GLIBC_TUNABLES"] == nil, !CommandLine.arguments.contains("--plain")
      else { return }
      setenv("GLIBC_TUNABLES", allocator, 1)
      var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
      arguments.append(nil)
      // Comes back only when it failed; then the program goes on with the settings it has.
      execv("/proc/self/exe", arguments)
    #endif
  }
}
