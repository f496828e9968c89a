import ExplanationModel
import Rendering

extension Failure {
  /// The failure as a line of NDJSON.
  var record: [UInt8] {
    JSONRenderer(style: .line).render(
      ErrorRecord(
        error: .init(code: code, message: ([message] + more).joined(separator: "; "), help: help)))
  }
}
