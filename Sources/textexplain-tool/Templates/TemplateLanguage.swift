import ArgumentParser

/// A language that plugins can be written in from a template.
enum TemplateLanguage: String, CaseIterable, ExpressibleByArgument {
  case c, cpp, swift, rust

  /// What people call it.
  var name: String {
    switch self {
    case .c: "C"
    case .cpp: "C++"
    case .swift: "Swift"
    case .rust: "Rust"
    }
  }

  /// The command that builds the plugin in its folder, and the file that it makes.
  func build(_ name: PluginName) -> (command: String, product: String) {
    switch self {
    case .c, .cpp: ("make", "./\(name.text).so")
    case .swift:
      // The sandbox keeps a toolchain's folder closed, where the runtime would else be looked for.
      (
        "swift build -c release -Xswiftc -static-stdlib", ".build/release/lib\(name.text).so"
      )
    case .rust:
      ("cargo build --offline --release", "target/release/lib\(name.identifier)_plugin.so")
    }
  }
}
