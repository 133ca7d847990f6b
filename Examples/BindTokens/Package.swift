// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "BindTokens",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "SocialCRM", path: "../.."),
    .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
  ],
  targets: [
    .target(
      name: "SealedTokens",
      dependencies: [
        .product(name: "IdentityGraph", package: "SocialCRM"), .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .executableTarget(name: "BindTokenHost", dependencies: ["SealedTokens"]),
    .testTarget(name: "SealedTokensTests", dependencies: ["SealedTokens"]),
  ],
  swiftLanguageModes: [.v6]
)

// CI sets this; whoever depends on the package never sees it.
if Context.environment["SCRM_WARNINGS_AS_ERRORS"] == "1" {
  for target in package.targets {
    target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
  }
}
