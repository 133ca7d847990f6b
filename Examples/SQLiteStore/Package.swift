// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "SQLiteStore",
  platforms: [.macOS(.v15)],
  products: [.library(name: "SQLiteStore", targets: ["SQLiteStore"])],
  dependencies: [
    .package(name: "SocialCRM", path: "../.."),
    .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
  ],
  targets: [
    .target(
      name: "SQLiteStore",
      dependencies: [
        .product(name: "SocialCRM", package: "SocialCRM"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    // Commits batches as fast as it can.
    .executableTarget(name: "CommitThroughput", dependencies: ["SQLiteStore"]),
    // Kills a writer at random moments and looks at what it left.
    .target(name: "KillTrials", dependencies: ["SQLiteStore"]),
    .executableTarget(name: "KillHarness", dependencies: ["KillTrials"]),
    .testTarget(
      name: "SQLiteStoreTests",
      dependencies: [
        "SQLiteStore", "KillTrials", "KillHarness", .product(name: "SCRMTesting", package: "SocialCRM"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
}

// CI sets this; whoever depends on the package never sees it.
if Context.environment["SCRM_WARNINGS_AS_ERRORS"] == "1" {
  for target in package.targets {
    target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
  }
}
