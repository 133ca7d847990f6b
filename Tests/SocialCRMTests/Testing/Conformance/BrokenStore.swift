import SCRMTesting

/// A store that passes every call on to the reference; a broken one changes one of them.
protocol BrokenStore: StoreWrapper {
  var base: InMemoryStore { get }
}

extension BrokenStore {
  var wrapped: any SCRMStore { base }
}
