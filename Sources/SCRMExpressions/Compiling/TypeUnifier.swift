/// Types that are still open while a tree is checked, and what they turned out to be.
///
/// An open type is a parameter whose name starts with `?`.
struct TypeUnifier {
  private(set) var bindings: [ExpressionType?] = []

  /// A new open type.
  mutating func open() -> ExpressionType {
    bindings.append(nil)
    return .parameter("?\(bindings.count - 1)")
  }

  private static func index(_ type: ExpressionType) -> Int? {
    guard case .parameter(let name) = type, name.utf8.first == 0x3F else { return nil }
    return Int(name.dropFirst())
  }

  /// The type an open one stands for; itself while it is open.
  func known(_ type: ExpressionType) -> ExpressionType {
    var type = type
    while let index = Self.index(type), let bound = bindings[index] { type = bound }
    return type
  }

  func isOpen(_ type: ExpressionType) -> Bool { Self.index(type) != nil }

  /// Whether the type is `dyn`, or open.
  func isDynamic(_ type: ExpressionType) -> Bool {
    let type = known(type)
    return type == .dyn || isOpen(type)
  }

  /// The type without open parts: what was never bound is `dyn`.
  func final(_ type: ExpressionType) -> ExpressionType {
    switch known(type) {
    case .list(let element): .list(final(element))
    case .map(let key, let value): .map(final(key), final(value))
    case .optional(let value): .optional(final(value))
    case .type(let inner): .type(final(inner))
    case .opaque(let name, let types): .opaque(name, types.map(final))
    case .parameter(let name): name.utf8.first == 0x3F ? .dyn : .parameter(name)
    case let type: type
    }
  }

  /// The parameters of a generic function replaced by open types.
  mutating func instantiate(
    _ type: ExpressionType, _ names: inout [(name: String, type: ExpressionType)]
  ) -> ExpressionType {
    switch type {
    case .parameter(let name):
      if let known = names.first(where: { $0.name == name }) { return known.type }
      let fresh = open()
      names.append((name: name, type: fresh))
      return fresh
    case .list(let element): return .list(instantiate(element, &names))
    case .map(let key, let value): return .map(instantiate(key, &names), instantiate(value, &names))
    case .optional(let value): return .optional(instantiate(value, &names))
    case .type(let inner): return .type(instantiate(inner, &names))
    case .opaque(let name, let types):
      var inner: [ExpressionType] = []
      for type in types { inner.append(instantiate(type, &names)) }
      return .opaque(name, inner)
    default: return type
    }
  }

  /// Whether a value of `source` may stand where `target` is asked for; binds open types on the way.
  mutating func assign(_ source: ExpressionType, to target: ExpressionType) -> Bool {
    if let index = Self.index(target), let bound = bindings[index] {
      guard assign(source, to: bound) else { return false }
      // A later, more general argument widens the parameter: (int, dyn) makes it dyn.
      let source = known(source)
      if !isOpen(source), isAsGeneral(source, as: known(bound)), !contains(source, index) { bindings[index] = source }
      return true
    }
    let source = known(source)
    let target = known(target)
    if let index = Self.index(target) {
      if Self.index(source) == index { return true }
      guard !contains(source, index) else { return false }
      bindings[index] = source
      return true
    }
    if let index = Self.index(source) {
      guard !contains(target, index) else { return false }
      bindings[index] = target
      return true
    }
    switch (source, target) {
    case (.dyn, _), (_, .dyn): return true
    case (.list(let s), .list(let t)), (.optional(let s), .optional(let t)): return assign(s, to: t)
    case (.map(let sKey, let s), .map(let tKey, let t)): return assign(sKey, to: tKey) && assign(s, to: t)
    case (.type, .type): return true
    case (.opaque(let s, let sTypes), .opaque(let t, let tTypes)):
      guard s.sameBytes(as: t), sTypes.count == tTypes.count else { return false }
      for (s, t) in zip(sTypes, tTypes) where !assign(s, to: t) { return false }
      return true
    case (.null, _): return Self.isNullable(target)
    case (_, .null): return Self.isNullable(source)
    case (.record, .map(let key, let value)): return assign(.string, to: key) && isDynamic(value)
    default: return source == target
    }
  }

  private static func isNullable(_ type: ExpressionType) -> Bool {
    switch type {
    case .null, .opaque, .optional, .record, .timestamp, .duration: true
    default: false
    }
  }

  private func contains(_ type: ExpressionType, _ index: Int) -> Bool {
    switch known(type) {
    case .list(let inner), .optional(let inner), .type(let inner): contains(inner, index)
    case .map(let key, let value): contains(key, index) || contains(value, index)
    case .opaque(_, let types): types.contains { contains($0, index) }
    case let type: Self.index(type) == index
    }
  }

  /// Whether `type` is the same as `other` or leaves more open.
  func isAsGeneral(_ type: ExpressionType, as other: ExpressionType) -> Bool {
    let type = known(type)
    let other = known(other)
    if type == .dyn || isOpen(type) { return true }
    if other == .dyn || isOpen(other) { return false }
    switch (type, other) {
    case (.list(let l), .list(let r)), (.optional(let l), .optional(let r)), (.type(let l), .type(let r)):
      return isAsGeneral(l, as: r)
    case (.map(let lKey, let l), .map(let rKey, let r)): return isAsGeneral(lKey, as: rKey) && isAsGeneral(l, as: r)
    case (.opaque(let l, let lTypes), .opaque(let r, let rTypes)):
      return l.sameBytes(as: r) && lTypes.count == rTypes.count
        && zip(lTypes, rTypes).allSatisfy { isAsGeneral($0, as: $1) }
    case (_, .null): return Self.isNullable(type)
    default: return type == other
    }
  }

  /// The type of two values that stand side by side, such as elements of a list; `nil` when they share none.
  mutating func join(_ left: ExpressionType, _ right: ExpressionType) -> ExpressionType? {
    let saved = bindings
    // An empty list is bound by its neighbour, whichever comes first.
    if assign(left, to: right) { return isAsGeneral(left, as: right) ? left : right }
    bindings = saved
    if assign(right, to: left) { return isAsGeneral(left, as: right) ? left : right }
    bindings = saved
    return nil
  }

  /// Forgets what was bound since a copy of the bindings was taken.
  mutating func restore(_ saved: [ExpressionType?]) { bindings = saved }
}
