// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "SocialCRM", path: "../..")],
  targets: [
    .executableTarget(
      name: "LoopThroughput",
      dependencies: [
        .product(name: "SocialCRM", package: "SocialCRM"), .product(name: "SCRMTesting", package: "SocialCRM"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
