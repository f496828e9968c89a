import ArgumentParser
import Conformance
import PluginHost
import Rendering

/// `textexplain plugin check PLUGIN`.
struct PluginCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find out whether a plugin keeps its contract.",
    discussion: """
      Each check runs in a process of its own, but not in the sandbox, for a check has to see all that the plugin \
      does; only loads-now-local and sandboxed shut it in. Check plugins that you would run. Levels: 0 file, 1 contract, 2 scores, 3 robust, \
      4 extensions; each includes those below it, and a plugin that passes level 3 is conformant. \
      Exit status: 0 all passed, 1 some failed, 64 there is no such check, 69 the plugin cannot be loaded.
      """)

  @Argument(help: "The plugin, as --plugin takes it.")
  var plugin: String

  @Option(help: ArgumentHelp("An option of the plugin; may be repeated.", valueName: "key=value"))
  var option: [String] = []

  @Option(help: ArgumentHelp("Run the checks up to this level. (default: 3)", valueName: "0-4"))
  var level: Int?

  @Option(help: ArgumentHelp("Run only this check; may be repeated.", valueName: "id"))
  var only: [String] = []

  @Option(help: "What random texts and masks are drawn from.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Give each check this time, for models that load slowly. (default: 20 to 120 s, by check)",
      valueName: "seconds"))
  var timeLimit: Double?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var search: SearchOptions

  func run() throws {
    do {
      let checks = try chosenChecks()
      for option in option { _ = try PluginOption(parsing: option) }
      let path = try PluginLocator(search.environment).search(plugin).foundPath()
      let file = try PluginFile(checking: path)
      var bounds = CheckBounds.check
      bounds.timeLimit = timeLimit
      let request = CheckRequest(
        id: "", plugin: file.path, seed: seed, options: option,
        workingDirectory: search.environment.workingDirectory, bounds: bounds)
      let runner = CheckRunner(request)
      let loading = runner.run(.loadsNowLocal)
      let results: [CheckResult] = try checks.map { check in
        if check.id == loading.check.id { return loading }
        if loading.outcome.isFailure && check.level > 0 {
          return CheckResult(check: check, skippedBecause: "the plugin does not load")
        }
        let result = runner.run(check)
        try refuse(result.outcome.reason ?? "")
        return result
      }
      let report = CheckReport(
        file: file, options: option, seed: seed, timeLimit: timeLimit, results: results)
      try OutputDestination.standardOutput.finish(with: json ? report.json : report.text)
      if let reason = loading.outcome.reason, loading.outcome.isFailure {
        throw Failure(
          .pluginUnavailable, code: "plugin-not-loadable",
          "plugin \"\(path)\" cannot be loaded: \(reason)")
      }
      let failures = results.filter(\.outcome.isFailure).count
      if failures > 0 { throw ExitCode(1) }
    } catch let code as ExitCode {
      throw code
    } catch {
      throw try Failure(error)
    }
  }

  /// Ends a run in which every check would fail for one reason, which is not the plugin's fault.
  private func refuse(_ reason: String) throws {
    if reason.hasPrefix(CheckResult.missingOption) {
      throw Failure(
        .usage, code: "option-missing", "plugin \"\(plugin)\" cannot be checked: \(reason)",
        help: "give it with --option KEY=VALUE; textexplain plugin info \(plugin) explains it")
    }
    if !option.isEmpty, reason.hasPrefix(CheckResult.unusableModel) {
      throw Failure(
        .unusableInput, code: "unusable-model",
        "plugin \"\(plugin)\" cannot be checked: \(reason)",
        help: "name a model that it can open with --option")
    }
  }

  private func chosenChecks() throws -> [Check] {
    if let level, !(0...Check.highestLevel).contains(level) {
      throw Failure(
        .usage, code: "usage", "level \(level) is none of 0 to \(Check.highestLevel)",
        help: "a plugin that passes level \(Check.conformantLevel) is conformant")
    }
    if let timeLimit, !(1...86_400).contains(timeLimit) {
      throw Failure(
        .usage, code: "usage", "--time-limit \(timeLimit) is not between 1 and 86400 seconds",
        help: "leave it out, or give a slow model a few minutes: --time-limit 300")
    }
    if only.isEmpty {
      return Check.all.filter { $0.level <= level ?? Check.conformantLevel }
    }
    let ids = Check.all.map(\.id)
    if let unknown = only.first(where: { !ids.contains($0) }) {
      throw Failure(
        .usage, code: "no-such-check", "there is no check \"\(unknown)\"",
        help: "the checks are " + ids.joined(separator: ", "))
    }
    let checks = Check.all.filter {
      only.contains($0.id) && $0.level <= level ?? Check.highestLevel
    }
    if checks.isEmpty {
      throw Failure(
        .usage, code: "no-such-check",
        "no check that --only names is of level \(level ?? 0) or below",
        help: "leave out --level")
    }
    return checks
  }
}
