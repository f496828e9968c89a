import FoundationEssentials
import Glibc

/// A private folder that vanishes, with everything in it, when it goes out of scope.
public final class TemporaryFolder: Sendable {
  /// The absolute path.
  public let path: String

  /// Makes an empty folder that only this user can enter.
  public init() throws {
    var template = Array("/tmp/textexplain-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TestFailure("mkdtemp: errno \(errno)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The absolute path of an entry.
  public func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Makes a folder in it.
  @discardableResult
  public func makeFolder(_ name: String, mode: mode_t = 0o755) throws -> String {
    let folder = self(name)
    guard mkdir(folder, 0o755) == 0, chmod(folder, mode) == 0 else {
      throw TestFailure("mkdir \(folder): errno \(errno)")
    }
    return folder
  }

  /// Writes a file in it.
  @discardableResult
  public func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  /// Writes a file in it.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = self(name)
    guard let stream = fopen(file, "w") else { throw TestFailure("fopen \(file): errno \(errno)") }
    defer { fclose(stream) }
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else {
      throw TestFailure("fwrite \(file): errno \(errno)")
    }
    return file
  }

  /// The content of any file.
  public func bytes(of file: String) throws -> [UInt8] {
    guard let stream = fopen(file, "r") else { throw TestFailure("fopen \(file): errno \(errno)") }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, stream)
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// The content of any text file.
  public func read(_ file: String) throws -> String {
    String(decoding: try bytes(of: file), as: UTF8.self)
  }
}
