import ArgumentParser

/// `textexplain plugin new NAME --language LANGUAGE`.
struct PluginNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a plugin: a folder with a classifier that builds as it is.",
    discussion: """
      The folder holds the source, what the language's own tool needs to build it, two example texts and a README. \
      Nothing is fetched.
      """)

  @Argument(help: "What the plugin and its folder are called: small letters, digits and hyphens.")
  var name: String

  @Option(help: "The language to write it in.")
  var language: TemplateLanguage

  @Option(help: ArgumentHelp("The folder to make it in.", valueName: "dir"))
  var directory = "."

  func run() throws {
    let name = try PluginName(checking: name)
    let folder = (directory == "." ? "" : directory + "/") + name.text
    try NewFolder.make(folder, files: PluginTemplate(language, named: name).files)
    let build = language.build(name)
    let text = """
      made \(visible(folder)), a plugin in \(language.name); next:
        cd \(visible(folder))
        \(build.command)
        textexplain plugin check \(build.product)
        textexplain --plugin \(build.product) --file examples/praise.txt

      """
    try OutputDestination.standardOutput.finish(with: Array(text.utf8))
  }
}
