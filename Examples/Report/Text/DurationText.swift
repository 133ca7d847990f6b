/// Lengths of time as they are read: the two greatest units.
enum DurationText {
  /// `42 s`, `11 min 58 s`, `5 h 42 min`, `3 d 4 h`.
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 9e15 else { return "–" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return pair(whole, 60, "min", 1, "s") }
    if whole < 86_400 { return pair(whole, 3_600, "h", 60, "min") }
    if whole < 100 * 86_400 { return pair(whole, 86_400, "d", 3_600, "h") }
    return NumberText.grouped(whole / 86_400) + " d"
  }

  private static func pair(_ seconds: Int, _ large: Int, _ name: String, _ small: Int, _ smallName: String) -> String {
    let rest = seconds % large / small
    return "\(seconds / large) \(name)" + (rest > 0 ? " \(rest) \(smallName)" : "")
  }
}
