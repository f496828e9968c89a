import FoundationEssentials
import Glibc

/// A private folder that vanishes, with everything in it, with its object.
final class ScratchFolder {
  let path: String

  /// Makes an empty folder that only this user can enter.
  ///
  /// - Throws: ``PluginError`` with code `workerUnavailable`.
  init() throws(PluginError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    guard let template = strdup(AbsolutePath.resolve("textexplain-XXXXXX", in: parent)) else {
      throw Self.failure
    }
    defer { free(template) }
    guard mkdtemp(template) != nil else { throw Self.failure }
    path = String(cString: template)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static var failure: PluginError {
    PluginError(
      .workerUnavailable, "no scratch folder for the plugin can be made: \(SystemError.last)",
      help: "name a writable folder in TMPDIR")
  }
}
