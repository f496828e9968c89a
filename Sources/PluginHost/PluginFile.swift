import Crypto
import Glibc

/// A plugin's file, checked on an open descriptor before any of its code runs.
public struct PluginFile: Sendable, Equatable {
  /// The absolute path.
  public let path: String
  /// SHA-256 of the content, in lower-case hexadecimal digits.
  public let sha256: String
  let stamp: Stamp

  /// The path's last component.
  public var name: String { AbsolutePath.name(of: path) }

  /// Checks a file: it has to be regular, a complete shared library for this machine, and out of reach of users
  /// other than its owner.
  ///
  /// - Parameters:
  ///   - path: an absolute path; symbolic links are followed.
  ///   - tolerating: receives the refusal where others could change the file; nil has it thrown.
  /// - Throws: ``PluginError`` with code `notFound`, `notLoadable` or `unsafeFile`.
  /// - Complexity: reads the whole file once.
  public init(
    checking path: String, tolerating: ((PluginError) -> Void)? = nil
  ) throws(PluginError) {
    precondition(AbsolutePath.isAbsolute(path))
    guard let descriptor = FileDescriptor(reading: path), let status = descriptor.status else {
      let reason = SystemError.last
      throw PluginError(
        reason.number == ENOENT ? .notFound : .notLoadable,
        "plugin file \"\(path)\" cannot be opened: \(reason)")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind =
        switch status.st_mode & S_IFMT {
        case S_IFDIR: "a folder"
        case S_IFIFO: "a named pipe"
        case S_IFCHR, S_IFBLK: "a device"
        default: "no regular file"
        }
      throw PluginError(
        .notLoadable, "plugin \"\(path)\" is \(kind)", help: "name the shared library itself")
    }
    do {
      try FilePermissions.check(status, path: path, realPath: descriptor.realPath)
    } catch {
      guard let tolerating else { throw error }
      tolerating(error)
    }
    do {
      try ElfImage.check(fileSize: Int(status.st_size)) { offset, count in
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
          filled = descriptor.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset) ?? 0
        }
      }
    } catch {
      throw PluginError(
        .notLoadable, "plugin \"\(path)\" cannot be loaded: \(error.message)", help: error.help)
    }
    self.path = path
    sha256 = try Self.digest(descriptor, path: path)
    stamp = Stamp(status)
  }

  /// Makes sure that the path still leads to the file that was checked.
  ///
  /// - Throws: ``PluginError`` with code `unsafeFile`.
  func verifyUnchanged() throws(PluginError) {
    guard isUnchanged else {
      throw PluginError(
        .unsafeFile, "plugin file \"\(path)\" changed while it was being loaded",
        help: "try again when nobody is writing it")
    }
  }

  /// Whether the path still leads to the file that was checked.
  var isUnchanged: Bool {
    var status = stat()
    return stat(path, &status) == 0 && Stamp(status) == stamp
  }

  /// The file as it was checked elsewhere.
  init(path: String, sha256: String, stamp: Stamp) {
    self.path = path
    self.sha256 = sha256
    self.stamp = stamp
  }

  /// What changes when somebody replaces or rewrites a file.
  struct Stamp: Sendable, Equatable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let seconds: Int
    let nanoseconds: Int

    init(device: UInt64, inode: UInt64, size: Int64, seconds: Int, nanoseconds: Int) {
      self.device = device
      self.inode = inode
      self.size = size
      self.seconds = seconds
      self.nanoseconds = nanoseconds
    }

    init(_ status: stat) {
      device = UInt64(status.st_dev)
      inode = UInt64(status.st_ino)
      size = Int64(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  static func digest(
    _ descriptor: borrowing FileDescriptor, path: String
  ) throws(PluginError) -> String {
    var hash = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 0
    while true {
      guard let count = chunk.withUnsafeMutableBytes({ descriptor.read(into: $0, at: offset) })
      else {
        throw PluginError(
          .notLoadable, "plugin file \"\(path)\" cannot be read: \(SystemError.last)")
      }
      if count == 0 { return hexadecimal(hash.finalize()) }
      chunk.withUnsafeBytes {
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
      offset += count
    }
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var text = String.UnicodeScalarView()
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(text)
  }
}
