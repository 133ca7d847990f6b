import Foundation

/// Names the input that is worked on when the process crashes or hangs.
///
/// Signal handlers can reach nothing but globals, and may only call what is safe in one.
enum Watch {
  /// Seconds of wall time for 256 executions, each of which takes microseconds.
  private static let patience: UInt32 = 120
  private nonisolated(unsafe) static let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 16)
  private nonisolated(unsafe) static var length = 0

  static func install() {
    // Room for the handler when the stack itself overflowed.
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: 1 << 16, alignment: 16)
    stack.ss_size = 1 << 16
    sigaltstack(&stack, nil)
    for number in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGALRM] {
      var action = sigaction()
      action.sa_flags = Int32(SA_ONSTACK)
      #if canImport(Glibc)
        action.__sigaction_handler.sa_handler = { Watch.stop($0) }
      #else
        action.__sigaction_u.__sa_handler = { Watch.stop($0) }
      #endif
      sigaction(number, &action, nil)
    }
  }

  static func rearm() { alarm(patience) }

  static func note(_ input: String) {
    length = 0
    for byte in input.utf8.prefix(1 << 16) {
      buffer[length] = byte
      length += 1
    }
  }

  private static func stop(_ number: Int32) {
    let message: StaticString = number == SIGALRM ? "\nhangs on: " : "\ncrashes on: "
    _ = write(2, message.utf8Start, message.utf8CodeUnitCount)
    _ = write(2, buffer, length)
    _ = write(2, "\n", 1)
    _exit(1)
  }
}
