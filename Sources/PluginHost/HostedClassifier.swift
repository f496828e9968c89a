import Classification

/// A classifier of a plugin, in this process or in another.
public protocol HostedClassifier: Classifier {
  /// The library it comes from.
  var file: PluginFile { get }
}

extension HostedClassifier {
  /// The library's file name, without its folder.
  public var fileName: String { file.name }
  /// SHA-256 of the library, in lower-case hexadecimal digits.
  public var sha256: String { file.sha256 }
}
