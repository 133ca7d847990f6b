// swift-tools-version: 6.2
import PackageDescription

// Floors (Documentation/Architecture.md): a target depends only on targets listed above it.
let package = Package(
  name: "SocialCRM",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "SCRMModel", targets: ["SCRMModel"]),
    .library(name: "IdentityGraph", targets: ["IdentityGraph"]),
    .library(name: "Segmentation", targets: ["Segmentation"]),
    .library(name: "InfluenceScoring", targets: ["InfluenceScoring"]),
    .library(name: "RuleEngine", targets: ["RuleEngine"]),
    .library(name: "SocialCRM", targets: ["SocialCRM"]),
    .library(name: "SCRMTesting", targets: ["SCRMTesting"]),
    .library(name: "SCRMExpressions", targets: ["SCRMExpressions"]),
    .library(name: "SCRMReport", targets: ["SCRMReport"]),
  ],
  targets: [
    // Floor 0: no knowledge of CRM.
    .target(name: "StrictJSON"),
    // Without Foundation nothing else links the C mathematics that `round` and the like come from.
    .target(
      name: "SCRMExpressions", dependencies: ["StrictJSON"],
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux, .android]))]),

    // Floor ½: one subject each, package access, no products.
    .target(name: "StateCoding"),
    .target(name: "EventTime", dependencies: ["SCRMExpressions", "StateCoding"]),
    .target(name: "TextMatching"),
    .target(name: "DenseData"),

    // Floor 1: vocabulary, consent, interchange, storage protocols.
    .target(
      name: "SCRMModel", dependencies: ["SCRMExpressions", "StrictJSON", "EventTime", "StateCoding", "DenseData"]),

    // Floors 2 and 3: the domain modules; they never import one another.
    .target(name: "IdentityGraph", dependencies: ["SCRMModel", "TextMatching", "StateCoding", "DenseData"]),
    .target(name: "Segmentation", dependencies: ["SCRMModel", "EventTime", "StateCoding", "DenseData"]),
    .target(name: "InfluenceScoring", dependencies: ["SCRMModel", "EventTime", "DenseData", "StateCoding"]),
    .target(name: "RuleEngine", dependencies: ["SCRMModel", "EventTime", "TextMatching", "StateCoding", "DenseData"]),

    // Floor 4: the loop.
    .target(
      name: "SocialCRM",
      dependencies: [
        "SCRMModel", "IdentityGraph", "Segmentation", "InfluenceScoring", "RuleEngine", "EventTime", "StateCoding",
        "DenseData",
      ]),

    // Floor 5: what a host needs in its own tests.
    .target(name: "SCRMTesting", dependencies: ["SocialCRM", "DenseData"]),

    // Examples that need no package besides this one.
    .target(name: "SCRMReport", dependencies: ["SocialCRM"], path: "Examples/Report"),
    .executableTarget(
      name: "Quickstart", dependencies: ["SocialCRM", "SCRMTesting", "SCRMReport"], path: "Examples/Quickstart"),
    .executableTarget(name: "ModelExample", dependencies: ["SCRMModel"], path: "Examples/ModelExample"),
    .executableTarget(
      name: "IdentityExample", dependencies: ["SCRMModel", "IdentityGraph"], path: "Examples/IdentityExample"),
    .executableTarget(
      name: "SegmentationExample", dependencies: ["SCRMModel", "Segmentation"], path: "Examples/SegmentationExample"),
    .executableTarget(
      name: "InfluenceExample", dependencies: ["SCRMModel", "InfluenceScoring"], path: "Examples/InfluenceExample"),
    .executableTarget(name: "RuleExample", dependencies: ["SCRMModel", "RuleEngine"], path: "Examples/RuleExample"),

    .testTarget(name: "StrictJSONTests", dependencies: ["StrictJSON"]),
    .testTarget(name: "SCRMExpressionsTests", dependencies: ["SCRMExpressions", "StrictJSON"]),
    .testTarget(name: "EventTimeTests", dependencies: ["EventTime", "StateCoding", "DenseData"]),
    .testTarget(name: "TextMatchingTests", dependencies: ["TextMatching"]),
    .testTarget(name: "DenseDataTests", dependencies: ["DenseData", "StateCoding"]),
    .testTarget(name: "SCRMModelTests", dependencies: ["SCRMModel", "EventTime", "DenseData", "StateCoding"]),
    .testTarget(name: "IdentityGraphTests", dependencies: ["IdentityGraph", "DenseData"]),
    .testTarget(name: "SegmentationTests", dependencies: ["Segmentation", "DenseData"]),
    .testTarget(name: "InfluenceScoringTests", dependencies: ["InfluenceScoring", "DenseData"]),
    .testTarget(name: "RuleEngineTests", dependencies: ["RuleEngine", "DenseData"]),
    .testTarget(name: "SocialCRMTests", dependencies: ["SocialCRM", "SCRMTesting"]),
    .testTarget(name: "SCRMReportTests", dependencies: ["SCRMReport", "SocialCRM"]),
    .testTarget(
      name: "DocumentationTests", dependencies: ["SocialCRM", "SCRMTesting", "IdentityGraph", "TextMatching"]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings = [
    // SE-0335: `any` is written where an existential is meant.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0444: a member is visible only where its module is imported.
    .enableUpcomingFeature("MemberImportVisibility"),
    // SE-0409: an import is internal unless it says otherwise.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0461: an async function runs where its caller runs.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ]
}

// CI sets this; whoever depends on the package never sees it.
if Context.environment["SCRM_WARNINGS_AS_ERRORS"] == "1" {
  for target in package.targets {
    target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
  }
}
