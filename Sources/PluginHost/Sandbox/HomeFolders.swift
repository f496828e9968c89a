import Glibc

/// Where this user's own files lie.
package enum HomeFolders {
  /// What `HOME` says, and what the system's list of users says: either may be missing or be led astray.
  package static func current() -> [String] {
    var folders: [String] = []
    if let named = getenv("HOME").map({ String(cString: $0) }), AbsolutePath.isAbsolute(named) {
      folders.append(named)
    }
    if let listed = listed(), !folders.contains(listed) { folders.append(listed) }
    return folders
  }

  private static func listed() -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1 << 14) { room in
      var entry = passwd()
      var found: UnsafeMutablePointer<passwd>?
      guard let start = room.baseAddress,
        getpwuid_r(geteuid(), &entry, start, room.count, &found) == 0, found != nil,
        let folder = entry.pw_dir
      else { return nil }
      let path = String(cString: folder)
      return AbsolutePath.isAbsolute(path) ? path : nil
    }
  }
}
