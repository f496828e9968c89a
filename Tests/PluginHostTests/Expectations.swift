import Classification
import PluginHost
import Testing
import _TestSupport

/// Expects a plugin error with a code, and with every one of some parts in its message or help.
func expect(
  _ code: PluginError.Code, saying parts: String...,
  sourceLocation: SourceLocation = #_sourceLocation,
  from body: () throws -> Void
) {
  let error = #expect(throws: PluginError.self, sourceLocation: sourceLocation) { try body() }
  guard let error else { return }
  #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
  let text = error.message + "\n" + (error.help ?? "")
  for part in parts {
    #expect(text.contains(part), "\(text) lacks \(part)", sourceLocation: sourceLocation)
  }
  #expect(error.message.first?.isUppercase == false, sourceLocation: sourceLocation)
}

/// Expects a scoring error with a code, and with every one of some parts in its message.
func expect(
  _ code: ClassifierError.Code, saying parts: String...,
  sourceLocation: SourceLocation = #_sourceLocation, from body: () throws -> Void
) {
  let error = #expect(throws: ClassifierError.self, sourceLocation: sourceLocation) { try body() }
  guard let error else { return }
  #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
  for part in parts {
    #expect(
      error.message.contains(part), "\(error.message) lacks \(part)",
      sourceLocation: sourceLocation)
  }
}

/// Expects `plugin check` to find nothing to complain about.
///
/// - Parameter level: as `--level` takes it; 3 is what conformant means.
func expectConforming(
  _ path: String, level: Int = 3, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let check = try runTool(["plugin", "check", path, "--level", "\(level)"], timeLimit: 300)
  #expect(
    check.ending == .exit(0), "\(check.output)\(check.errors)", sourceLocation: sourceLocation)
}
