/// The checked-out sources that these tests belong to.
public enum Repository {
  /// The absolute path of a file or folder, given relative to the root.
  public static func path(_ relative: String) -> String {
    root + "/" + relative
  }

  /// The absolute path of the root: three levels above this file.
  public static let root: String =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
}
