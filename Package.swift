// swift-tools-version: 6.3
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]
let cSettings: [CSetting] = [.treatAllWarnings(as: .error)]

/// `make release` puts ICU into the program; else the system's shared library is linked.
let icu =
  Context.environment["TEXTEXPLAIN_STATIC_ICU"] == "1"
  ? [":libicuuc.a", ":libicudata.a", "stdc++"] : ["icuuc", "icudata"]

let package = Package(
  name: "textexplain",
  products: [
    .library(name: "TextExplain", targets: ["TextExplain", "PluginHost", "Rendering"]),
    .library(name: "PluginKit", targets: ["PluginKit"]),
    .library(name: "sentiment", type: .dynamic, targets: ["Sentiment"]),
    .executable(name: "textexplain", targets: ["textexplain-tool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    // C
    .target(name: "CTextExplain", cSettings: cSettings),
    .target(name: "CProcess", cSettings: cSettings),
    .target(name: "CSandbox", cSettings: cSettings),
    .target(
      name: "CICU", cSettings: cSettings, linkerSettings: icu.map { .linkedLibrary($0) }),

    // What explains
    .target(name: "Segmentation", dependencies: ["CICU"], swiftSettings: swiftSettings),
    .target(name: "Attribution", swiftSettings: swiftSettings),
    .target(name: "Classification", swiftSettings: swiftSettings),
    .target(name: "ExplanationModel", swiftSettings: swiftSettings),
    .target(
      name: "TextExplain",
      dependencies: ["Segmentation", "Attribution", "Classification", "ExplanationModel"],
      swiftSettings: swiftSettings),

    // What hosts and what shows
    .target(
      name: "PluginHost",
      dependencies: [
        "CTextExplain", "CProcess", "CSandbox", "Classification",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Conformance",
      dependencies: ["CTextExplain", "CProcess", "PluginHost", "Classification", "Attribution"],
      swiftSettings: swiftSettings),
    .target(name: "Rendering", dependencies: ["ExplanationModel"], swiftSettings: swiftSettings),

    // What `plugin new` copies, built into the program.
    .target(name: "CTemplates", cSettings: cSettings),

    // The command. The module cannot be named like the library TextExplain in another case.
    .executableTarget(
      name: "textexplain-tool",
      dependencies: [
        "TextExplain", "PluginHost", "Conformance", "Rendering", "ExplanationModel", "Attribution",
        "Classification", "CTemplates", "CTextExplain", "Segmentation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),

    // Plugins
    .target(name: "PluginKit", dependencies: ["CTextExplain"], swiftSettings: swiftSettings),
    .target(
      name: "Sentiment", dependencies: ["PluginKit", "CSentimentLexicon"],
      path: "Plugins/sentiment", exclude: ["README.md", "Lexicon"],
      swiftSettings: swiftSettings,
      linkerSettings: [
        .unsafeFlags([
          "-Xlinker",
          "--version-script=\(Context.packageDirectory)/Plugins/exports.map",
          "-Xlinker", "-z", "-Xlinker", "now",
        ])
      ]),
    .target(
      name: "CSentimentLexicon", path: "Plugins/sentiment/Lexicon", cSettings: cSettings),

    // Tests
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Attribution", "Classification", "ExplanationModel", "PluginHost", "Segmentation",
        "TextExplain",
      ],
      path: "Tests/Benchmarks", exclude: ["peers.py", "requirements.txt"],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "AccuracyBenchmark",
      dependencies: [
        "Attribution", "Classification", "PluginHost", "Segmentation", "_TestSupport",
      ],
      path: "Tests/AccuracyBenchmark", exclude: ["Record", "peers.py", "requirements.txt"],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "SandboxProbe", dependencies: ["PluginHost"], path: "Tests/Fixtures/SandboxProbe",
      swiftSettings: swiftSettings),
    .target(
      name: "_TestSupport", dependencies: ["Attribution"], path: "Tests/_TestSupport",
      swiftSettings: swiftSettings),
    .testTarget(
      name: "SegmentationTests", dependencies: ["Segmentation", "Attribution"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "AttributionTests", dependencies: ["Attribution", "_TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "TextExplainTests",
      dependencies: [
        "TextExplain", "Attribution", "Classification", "ExplanationModel", "Segmentation",
        "_TestSupport",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CommandTests",
      dependencies: ["ExplanationModel", "_TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ReadmeTests",
      dependencies: ["ExplanationModel", "PluginHost", "TextExplain", "_TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "PluginHostTests",
      dependencies: ["PluginHost", "Classification", "CTextExplain", "_TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "PluginKitTests", dependencies: ["PluginKit", "CTextExplain"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ConformanceTests", dependencies: ["Conformance", "_TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "SentimentTests",
      dependencies: ["CSentimentLexicon", "CTextExplain", "_TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "RenderingTests", dependencies: ["Rendering", "ExplanationModel", "_TestSupport"],
      resources: [.copy("Snapshots")], swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11,
  cxxLanguageStandard: .cxx17
)
