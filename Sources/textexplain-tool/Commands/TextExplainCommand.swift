import ArgumentParser
import CTextExplain
import ExplanationModel
import TextExplain

/// `textexplain`.
struct TextExplainCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    let generator = Explainer.generator
    return CommandConfiguration(
      commandName: "textexplain",
      abstract: "Explain what made a text classifier decide, word by word.",
      usage: "textexplain [explain] [TEXT] (--plugin NAME | --program COMMAND) [OPTIONS]",
      discussion: """
        Try: textexplain "I didn't love it, but the acting was great!" --plugin sentiment.so

        A text that is the name of a subcommand needs "explain" before it, and one that begins with a dash needs "--".
        """,
      version:
        "textexplain \(generator.version) (plugin ABI \(TX_ABI_MAJOR).\(TX_ABI_MINOR), ICU \(generator.icu), "
        + "Unicode \(generator.unicode))",
      subcommands: [ExplainCommand.self, PluginCommand.self, SchemaCommand.self],
      defaultSubcommand: ExplainCommand.self)
  }

  /// The help of this command and of `explain`, which goes without its name.
  static var helpWithMainCommand: String {
    let sections = helpMessage(for: ExplainCommand.self).split(separator: "\n\n")
    let options = sections.filter {
      !["OVERVIEW", "USAGE", "OPTIONS"].contains($0.prefix { $0 != ":" })
    }
    return ([helpMessage()[...]] + options).joined(separator: "\n\n") + "\n"
  }
}
