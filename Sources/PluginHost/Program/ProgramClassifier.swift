import Classification

/// A user's program as a classifier, asked line by line.
///
/// There is one process, whatever the number of threads. A program need not be batch-invariant: it is asked for as many
/// texts at a time as it says that it takes at most, or else for 32, always cut at the same places. One that breaks
/// the protocol is ended, and started again by the next call.
public final class ProgramClassifier: Classifier {
  /// What the program says of itself, under its command's name.
  public let description: ClassifierDescription
  /// The command that starts it.
  public let command: ProgramCommand

  private let greeting: ProgramGreeting
  private let hosting: PluginHosting
  private let log: PluginLog
  private let validator: ScoreValidator
  private var process: ProgramProcess?
  private var nextID = 0

  /// Starts a program.
  ///
  /// - Throws: ``PluginError``.
  init(
    _ command: ProgramCommand, hosting: PluginHosting, log: @escaping PluginLog
  ) throws(PluginError) {
    self.command = command
    self.hosting = hosting
    self.log = log
    let (process, greeting) = try Self.start(command, hosting, log)
    self.process = process
    self.greeting = greeting
    description = greeting.description(of: command)
    validator = ScoreValidator(description)
    if greeting.isDeterministic == false {
      log(
        PluginLogMessage(
          level: .warning,
          text: "it says that it may score equal texts differently; so may the explanations differ")
      )
    }
  }

  /// Scores texts.
  ///
  /// - Throws: `ClassifierError`; its message has the line that will not do, or names the text that was asked for.
  public func scores(of batch: TextBatch) throws(ClassifierError) -> ScoreMatrix {
    var scores = ScoreMatrix(rows: 0, outputs: description.labels.count)
    let size = description.rowsPerCall ?? max(1, batch.count)
    for start in stride(from: 0, to: batch.count, by: size) {
      let part = try ask(batch, rows: start..<min(start + size, batch.count))
      scores.append(part)
    }
    try validator.validate(scores, of: batch)
    return scores
  }

  private func ask(_ batch: TextBatch, rows: Range<Int>) throws(ClassifierError) -> ScoreMatrix {
    let process = try running()
    let id = nextID
    nextID += 1
    do throws(ProgramFault) {
      let line: [UInt8]
      do throws(ProgramEnd) {
        line = try process.answer(
          to: ProgramQuestion(id: id, batch, rows: rows).line, within: hosting.timeout)
      } catch {
        let first = TextExcerpt(of: batch.bytes[batch.range(of: rows.lowerBound)])
        let what = rows.count == 1 ? "the text" : "\(rows.count) texts at once, the first"
        throw error.fault(while: "scoring \(what) \(first)")
      }
      return try ProgramAnswer(line, id: id, rows: rows.count, labels: description.labels).scores
    } catch {
      if !error.isAnswer {
        // Whatever it says next, it cannot be known what that would answer.
        process.terminate()
        self.process = nil
      }
      throw error.scoringError(command.name)
    }
  }

  /// The process to ask; a new one where the last one failed.
  private func running() throws(ClassifierError) -> ProgramProcess {
    if let process { return process }
    do throws(PluginError) {
      let (process, greeting) = try Self.start(command, hosting, log)
      guard greeting == self.greeting else {
        throw PluginError(
          .programFailed,
          "program \"\(command.name)\" describes itself differently when it is started again",
          help: "its first line has to be the same each time")
      }
      self.process = process
      nextID = 0
      return process
    } catch {
      throw ClassifierError(code: .crashed, message: error.message, help: error.help)
    }
  }

  private static func start(
    _ command: ProgramCommand, _ hosting: PluginHosting, _ log: @escaping PluginLog
  ) throws(PluginError) -> (ProgramProcess, ProgramGreeting) {
    let spawn = try ProgramSpawn(
      command.words, path: command.path(), starter: hosting.workerProgram())
    let process = ProgramProcess(spawn, threshold: hosting.logLevel, log: log)
    do throws(ProgramFault) {
      let line: [UInt8]
      do throws(ProgramEnd) {
        line = try process.greeting(within: hosting.timeout)
      } catch {
        throw error.fault(while: "waiting for its first line")
      }
      return (process, try ProgramGreeting(line))
    } catch {
      process.terminate()
      throw error.openingError(command.name)
    }
  }
}
