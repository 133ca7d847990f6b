// Members by name; optional ones are left out when they are absent, lists when they are empty.
extension JSONWriter {
  /// A string member.
  public mutating func field(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  /// A string member, left out when it is `nil`.
  public mutating func field(_ name: String, _ value: String?) { if let value { field(name, value) } }

  /// An integer member.
  public mutating func field(_ name: String, _ value: Int) {
    key(name)
    int(Int64(value))
  }

  /// An integer member.
  public mutating func field(_ name: String, _ value: Int64) {
    key(name)
    int(value)
  }

  /// A truth value.
  public mutating func field(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// A number; NaN and infinities are written as `null`.
  public mutating func field(_ name: String, _ value: Double) {
    key(name)
    double(value)
  }

  /// A number, left out when it is `nil`.
  public mutating func field(_ name: String, _ value: Double?) { if let value { field(name, value) } }

  /// A tree.
  public mutating func field(_ name: String, _ value: JSON) {
    key(name)
    self.value(value)
  }

  /// A value by its own form.
  public mutating func field<T: JSONCodable>(_ name: String, _ value: T) {
    key(name)
    value.write(to: &self)
  }

  /// A value by its own form, left out when it is `nil`.
  public mutating func field<T: JSONCodable>(_ name: String, _ value: T?) { if let value { field(name, value) } }

  /// A list, left out when it is empty.
  public mutating func field<T: JSONCodable>(_ name: String, _ values: [T]) {
    if values.isEmpty { return }
    key(name)
    beginArray()
    for value in values { value.write(to: &self) }
    endArray()
  }
}
