import Glibc

/// A private folder for the files that a check makes, gone with the object.
final class ScratchFolder {
  private let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/textexplain-check-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Violation("no folder can be made in /tmp") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
  }

  /// Writes a file and gives its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Violation("no file can be made in \(path)") }
    defer { close(descriptor) }
    files.append(file)
    guard bytes.isEmpty || Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw Violation("\(file) cannot be written")
    }
    return file
  }
}
