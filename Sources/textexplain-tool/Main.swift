import ArgumentParser
import Glibc

/// The program: arguments in, exit status out.
///
/// ArgumentParser's own entry point is not used, so that its errors look like all others.
@main
enum Main {
  static func main() {
    InterruptHandler.install()
    exit(run())
  }

  private static func run() -> Int32 {
    do {
      try RawArguments.check(RawArguments.all())
      var command = try TextExplainCommand.parseAsRoot()
      try command.run()
      return 0
    } catch let failure as Failure {
      ErrorReport(failure).print()
      return failure.status.rawValue
    } catch {
      return report(error)
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
    let failure = Failure(usage: TextExplainCommand.message(for: error))
    ErrorReport(failure).print()
    return failure.status.rawValue
  }
}
