import Classification
import PluginHost
import Testing

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
