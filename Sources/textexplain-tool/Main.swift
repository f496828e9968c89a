import ArgumentParser
import Conformance
import Glibc
import PluginHost

/// The program: arguments in, exit status out.
///
/// ArgumentParser's own entry point is not used, so that its errors look like all others.
@main
enum Main {
  static func main() {
    if isWorker { PluginWorker.run() }
    if isProgramStart { ProgramStart.run() }
    // A parent that ignores it would have us ignore how our own processes end.
    signal(SIGCHLD, SIG_DFL)
    FileDescriptor.reserveStandardDescriptors()
    if let request = CheckRequest(arguments: Array(CommandLine.arguments.dropFirst())) {
      CheckChild.main(request)
      exit(0)
    }
    InterruptHandler.install()
    exit(run())
  }

  // Decided before anything else is done, the reading of arguments included: one of them starts for every run.
  private static var isWorker: Bool {
    CommandLine.argc == 2 && firstArgument(is: PluginWorker.argument)
  }

  private static var isProgramStart: Bool {
    CommandLine.argc > 3 && firstArgument(is: ProgramStart.argument)
  }

  private static func firstArgument(is name: String) -> Bool {
    CommandLine.unsafeArgv[1].map { strcmp($0, name) == 0 } ?? false
  }

  private static func run() -> Int32 {
    do {
      var command = try parse()
      try command.run()
      return 0
    } catch let failure as Failure {
      ErrorReport(failure).print()
      return failure.status.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      return report(error)
    }
  }

  /// Reads the command line; where NDJSON is asked for, what is wrong with it is told as a record too.
  private static func parse() throws -> any ParsableCommand {
    let arguments = RawArguments.all()
    do {
      try RawArguments.check(arguments)
      return try TextExplainCommand.parseAsRoot()
    } catch {
      if RawArguments.askForNDJSON(arguments), TextExplainCommand.exitCode(for: error) != .success {
        let failure =
          error as? Failure
          ?? CommandLineMistake(error, arguments: RawArguments.words(arguments)).failure
        try OutputDestination.standardOutput.finish(with: failure.record)
      }
      throw error
    }
  }

  /// Tells what ArgumentParser threw: a request for help, or a mistake on the command line.
  private static func report(_ error: any Error) -> Int32 {
    let status = TextExplainCommand.exitCode(for: error)
    if status == .success {
      var text = TextExplainCommand.fullMessage(for: error) + "\n"
      // The main command goes without its name: whoever asks for help wants its options.
      if text.contains("\nSUBCOMMANDS:\n  explain (default)") {
        text = TextExplainCommand.helpWithMainCommand
      }
      return (try? OutputDestination.standardOutput.finish(with: Array(text.utf8))) == nil
        ? Failure.Status.outputNotWritten.rawValue : 0
    }
    let arguments = RawArguments.words(RawArguments.all())
    let failure = CommandLineMistake(error, arguments: arguments).failure
    ErrorReport(failure).print()
    return failure.status.rawValue
  }
}
