// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "CommandLine",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "scrm", targets: ["scrm"])],
  dependencies: [
    .package(name: "SocialCRM", path: "../.."),
    .package(name: "SQLiteStore", path: "../SQLiteStore"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
  ],
  targets: [
    // Everything but the entry point, so that tests run commands in their own process.
    .target(
      name: "SCRMCommands",
      dependencies: [
        .product(name: "SocialCRM", package: "SocialCRM"),
        .product(name: "SCRMTesting", package: "SocialCRM"),
        .product(name: "SCRMReport", package: "SocialCRM"),
        .product(name: "SQLiteStore", package: "SQLiteStore"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "scrm", dependencies: ["SCRMCommands"]),
    .testTarget(
      name: "SCRMCommandsTests",
      dependencies: ["SCRMCommands", "scrm", .product(name: "SQLiteStore", package: "SQLiteStore")]),
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
