// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Hosts",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "SocialCRM", path: "../..")],
  targets: [
    host("SCRMModel"), host("IdentityGraph"), host("Segmentation"), host("InfluenceScoring"), host("RuleEngine"),
    host("SocialCRM"), host("SCRMTesting"),
  ],
  swiftLanguageModes: [.v6]
)

/// One program that uses one product and nothing else.
func host(_ product: String) -> Target {
  .executableTarget(name: product + "Host", dependencies: [.product(name: product, package: "SocialCRM")])
}

// CI sets this; whoever depends on the package never sees it.
if Context.environment["SCRM_WARNINGS_AS_ERRORS"] == "1" {
  for target in package.targets {
    target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
  }
}
