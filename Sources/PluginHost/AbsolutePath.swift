import Glibc

/// Path arithmetic on names alone; nothing here but ``target(ofLink:)`` looks at the file system.
enum AbsolutePath {
  /// The absolute path that `path` means in `directory`, without empty and `.` components.
  ///
  /// `..` stays: what it leads to depends on symbolic links.
  static func resolve(_ path: String, in directory: String) -> String {
    let full = path.utf8.first == slash ? path : directory + "/" + path
    let parts = full.utf8.split(separator: slash).map { String(Substring($0)) }
    return "/" + parts.filter { $0 != "." }.joined(separator: "/")
  }

  /// The path of the folder that holds `path`.
  static func folder(of path: String) -> String {
    guard let last = path.utf8.lastIndex(of: slash), last > path.startIndex else { return "/" }
    return String(path[..<last])
  }

  /// What follows the last slash.
  static func name(of path: String) -> String {
    guard let last = path.utf8.lastIndex(of: slash) else { return path }
    return String(path[path.utf8.index(after: last)...])
  }

  static func isAbsolute(_ path: String) -> Bool { path.utf8.first == slash }

  /// Where a symbolic link points, or nil where it cannot be read.
  static func target(ofLink path: String) -> String? {
    let capacity = Int(PATH_MAX)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlink(path, start, capacity)
      guard count > 0, count < capacity else { return nil }
      return String(decoding: UnsafeRawBufferPointer(buffer)[..<count], as: UTF8.self)
    }
  }

  static let slash = UInt8(ascii: "/")
}
