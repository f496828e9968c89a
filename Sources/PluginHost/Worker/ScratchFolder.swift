import CProcess
import FoundationEssentials
import Glibc

/// A private folder that vanishes, with everything in it, with its object.
package final class ScratchFolder {
  package let path: String

  /// The path once more, for ``removeAll()``.
  private let name: UnsafeMutablePointer<CChar>
  private let place: Int32

  /// Makes an empty folder that only this user can enter.
  ///
  /// - Throws: ``PluginError`` with code `workerUnavailable`.
  package init() throws(PluginError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    guard let template = strdup(AbsolutePath.resolve("textexplain-XXXXXX", in: parent)) else {
      throw Self.failure
    }
    guard mkdtemp(template) != nil else {
      let failure = Self.failure
      free(template)
      throw failure
    }
    path = String(cString: template)
    name = template
    place = cprocess_remember_folder(template)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    cprocess_forget_folder(place)
    free(name)
  }

  /// Removes all such folders that there are, for a signal handler that ends the process.
  package static func removeAll() { cprocess_remove_folders() }

  private static var failure: PluginError {
    PluginError(
      .workerUnavailable, "no scratch folder for the plugin can be made: \(SystemError.last)",
      help: "name a writable folder in TMPDIR")
  }
}
