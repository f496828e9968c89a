import Glibc

/// Everything outside a plugin's name that decides which file it means and where its options' paths lead.
public struct PluginSearchEnvironment: Sendable, Equatable {
  /// Folders named on the command line, searched first; relative ones start at ``workingDirectory``.
  public var pluginDirectories: [String]
  /// The value of `TEXTEXPLAIN_PLUGIN_PATH`: absolute folders, separated by colons; nil or empty means none.
  public var pluginPath: String?
  /// The value of `XDG_DATA_HOME`.
  public var dataHome: String?
  /// The value of `HOME`.
  public var home: String?
  /// The absolute path of the running program.
  public var executable: String?
  /// The absolute path at which relative paths start.
  public var workingDirectory: String

  /// Makes an environment.
  public init(
    pluginDirectories: [String] = [], pluginPath: String? = nil, dataHome: String? = nil,
    home: String? = nil, executable: String? = nil, workingDirectory: String
  ) {
    self.pluginDirectories = pluginDirectories
    self.pluginPath = pluginPath
    self.dataHome = dataHome
    self.home = home
    self.executable = executable
    self.workingDirectory = workingDirectory
  }

  /// The environment of this process.
  public static func current(pluginDirectories: [String] = []) -> PluginSearchEnvironment {
    PluginSearchEnvironment(
      pluginDirectories: pluginDirectories,
      pluginPath: variable("TEXTEXPLAIN_PLUGIN_PATH"),
      dataHome: variable("XDG_DATA_HOME"),
      home: variable("HOME"),
      executable: AbsolutePath.target(ofLink: "/proc/self/exe"),
      workingDirectory: AbsolutePath.target(ofLink: "/proc/self/cwd") ?? "/")
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
