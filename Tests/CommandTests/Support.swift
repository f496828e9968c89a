import ExplanationModel
import Foundation
import Testing
import _TestSupport

/// The error lines that the program prints.
struct Complaint {
  let error: String
  let help: String

  init(_ result: ToolResult) {
    let lines = result.errors.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    error = lines.last { $0.hasPrefix("error: ") }?.dropFirst(7).description ?? ""
    help = lines.drop { !$0.hasPrefix("help: ") }.joined(separator: "\n")
  }
}

/// The document in a JSON output.
func document(_ result: ToolResult) throws -> ExplanationDocument {
  guard result.ending == .exit(0) else { throw TestFailure("\(result.ending): \(result.errors)") }
  return try JSONDecoder().decode(ExplanationDocument.self, from: Data(result.stdout))
}

/// Explains a text with the bundled plugin.
func sentiment(_ text: String, _ arguments: String...) throws -> ToolResult {
  try runTool(["explain", "--plugin", "sentiment.so"] + arguments + ["--", text])
}

/// Sees to it that a run ends with a status and names what is wrong and what to do.
func expectFailure(
  _ result: ToolResult, _ status: Int32, error: String, help: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let complaint = Complaint(result)
  #expect(result.ending == .exit(status), "\(result.errors)", sourceLocation: sourceLocation)
  #expect(complaint.error.contains(error), "\(result.errors)", sourceLocation: sourceLocation)
  if !help.isEmpty {
    #expect(complaint.help.contains(help), "\(result.errors)", sourceLocation: sourceLocation)
  }
  #expect(result.stdout.isEmpty, sourceLocation: sourceLocation)
}
