import Glibc

/// What the build that runs these tests has made.
public enum BuildProducts {
  /// The folder of the test program, which holds the executables and libraries of the same build.
  public static let directory: String = {
    let path = realpath("/proc/self/exe", nil)
    defer { free(path) }
    guard let path, let slash = strrchr(path, Int32(UInt8(ascii: "/"))) else { return "." }
    slash.pointee = 0
    return String(cString: path)
  }()

  /// The built command.
  public static var tool: String { directory + "/textexplain" }
}
