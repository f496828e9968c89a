// swift-tools-version: 6.3
import PackageDescription

let package = Package(
  name: "keywords",
  products: [
    .library(name: "keywords", type: .dynamic, targets: ["KeywordsPlugin"])
  ],
  targets: [
    // Copies of textexplain's own, so that nothing has to be fetched.
    .target(name: "CTextExplain"),
    .target(name: "PluginKit", dependencies: ["CTextExplain"]),
    .target(
      name: "KeywordsPlugin", dependencies: ["PluginKit"],
      linkerSettings: [
        // A plugin exports its entry and nothing else.
        .unsafeFlags([
          "-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map",
          "-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now",
        ])
      ]),
  ],
  swiftLanguageModes: [.v6]
)
