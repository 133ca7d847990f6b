/// Several workspaces in memory, each reached through its own handle and through nothing else.
public actor InMemoryDatabase {
  private var stores: [WorkspaceID: InMemoryStore] = [:]

  /// Creates an empty database.
  public init() {}

  /// The handle on a workspace; it is created when it is opened first.
  public func open(_ workspace: WorkspaceID) -> InMemoryStore {
    if let store = stores[workspace] { return store }
    let store = InMemoryStore(workspace: workspace)
    stores[workspace] = store
    return store
  }
}
