import Classification

/// The workers of one open model: one, or more where there is much to do.
///
/// One thread hands out work and waits for whoever is ready first. How many workers there are, and which of them
/// scores what, changes no score.
final class WorkerCrew {
  /// What became of a batch.
  struct Outcome {
    var scores: ScoreMatrix
    /// Why rows have no scores.
    var failures: [Int: ClassifierError] = [:]
  }

  let description: ClassifierDescription
  private let model: WorkerModel
  private var members: [Member]
  private var textPace = Pace()
  private var maskPace = Pace()
  /// About how many rows will be asked for from now on.
  private var expectedRows = 0
  private var request = FrameWriter()
  /// Why no more workers are started.
  private var hiringFailure: PluginError?

  /// What one call is meant to last, and how much work is worth another worker, in seconds.
  private static let second = 1.0

  init(_ worker: WorkerProcess, _ description: ClassifierDescription, _ model: WorkerModel) {
    self.description = description
    self.model = model
    members = [Member(process: worker)]
  }

  /// The number of workers that have been started so far and are still in use.
  var count: Int { members.count }

  func expect(rows: Int) { expectedRows = rows }

  /// Prepares a text in the first worker.
  ///
  /// - Returns: whether the plugin can do so.
  func prepare(_ preparation: PrepareRequest) throws(ClassifierError) -> Bool {
    try ready(members[0])
    return try prepare(preparation, in: members[0])
  }

  /// The plugin's own tokens of a text, nil where it shows none.
  func tokens(of text: [UInt8]) throws(ClassifierError) -> [Range<Int>]? {
    try ready(members[0])
    let step = "finding the tokens of the text \(TextExcerpt(of: text))"
    let reply: TokensReply = try ask(
      members[0], FrameWriter(.tokenize, TokenizeRequest(text: text)), for: .tokens,
      replyBytes: 16 * text.count + (1 << 16), step: step)
    // The worker has checked this too, but whoever runs in its process can say anything.
    if let ranges = reply.ranges, !TokenRanges.fit(ranges, in: text) {
      members[0].dismiss()
      throw failure(.lied(WireFault("tokens do not fit the text")), step)
    }
    return reply.ranges
  }

  /// Forgets a prepared text.
  func release(_ id: Int) {
    for member in members where member.prepared.remove(id) != nil {
      member.process?.post(FrameWriter(.release, id))
    }
  }

  /// Scores a batch.
  ///
  /// - Parameter stopsAtFirst: whether the first row that fails is all that matters; else the others are scored.
  /// - Throws: `ClassifierError` where no row can be scored any more.
  func run(_ job: some WorkerJob, stopsAtFirst: Bool) throws(ClassifierError) -> Outcome {
    var run = Run(
      queue: WorkQueue(rows: job.rows, allowsAnyCut: description.allowsAnyCut),
      stopsAtFirst: stopsAtFirst,
      outcome: Outcome(scores: ScoreMatrix(rows: job.rows, outputs: description.labels.count)))
    run.outcome.scores.values.withUnsafeMutableBufferPointer { $0.update(repeating: .nan) }
    do throws(ClassifierError) {
      hire(for: job)
      while !run.queue.isEmpty || members.contains(where: { $0.part != nil }) {
        try dispatch(job, &run)
        let busy = members.filter { $0.part != nil }
        WorkerProcess.wait(for: busy.compactMap(\.process))
        for member in busy { settle(member, job, &run) }
      }
    } catch {
      for member in members where member.part != nil { member.dismiss() }
      throw error
    }
    expectedRows = max(0, expectedRows - job.rows)
    return run.outcome
  }

  /// Starts more workers where the work left would keep each longer than a second, and longer than starting one.
  ///
  /// One that cannot be started is done without: the others score the same.
  private func hire(for job: some WorkerJob) {
    let pace = pace(of: job)
    guard hiringFailure == nil, pace.isTrusted, let each = pace.secondsPerRow else { return }
    let parts = job.rows / (description.allowsAnyCut ? 1 : description.rowsPerCall ?? 1)
    let work = Double(max(expectedRows, job.rows)) * each
    while members.count < min(model.launcher.hosting.threads, parts),
      work / Double(members.count) > max(Self.second, model.startSeconds)
    {
      do throws(PluginError) {
        members.append(Member(process: try model.start(expecting: description)))
      } catch {
        return stopHiring(error)
      }
    }
  }

  private func stopHiring(_ error: PluginError) {
    hiringFailure = error
    model.launcher.log(
      PluginLogMessage(
        level: .warning,
        text: "another process for it cannot be started: \(error.message)"))
  }

  /// Gives every idle worker something to do.
  private func dispatch(_ job: some WorkerJob, _ run: inout Run) throws(ClassifierError) {
    for member in members where member.part == nil {
      if run.queue.isEmpty { return }
      guard try keep(member) else { continue }
      let idle = members.count { $0.part == nil }
      let most = callSize(job, share: (run.queue.freshCount + idle - 1) / idle)
      guard let part = run.queue.take(atMost: most) else { return }
      if let preparation = job.preparation, !member.prepared.contains(preparation.id) {
        guard try prepare(preparation, in: member) else {
          throw ClassifierError(
            code: .classifierFailed,
            message: "plugin \"\(description.name)\" breaks the contract: it prepares the text "
              + "\(TextExcerpt(of: preparation.masking.text)) at one time and declines it at another",
            help: "report it to the plugin's author")
        }
      }
      let limit = limit(part, pace(of: job))
      job.write(part.rows, on: terms(within: limit), to: &request)
      member.part = part
      member.start = .now
      let bytes = part.rows.count * (8 * description.labels.count + 1) + (1 << 16)
      member.process?.send(request, limit: limit, replyBytes: bytes)
    }
  }

  /// Rows that a call gets: fixed for a classifier whose scores depend on the cut, else about a second's.
  private func callSize(_ job: some WorkerJob, share: Int) -> Int {
    let fixed = description.rowsPerCall
    if !description.allowsAnyCut { return fixed ?? 1 }
    guard let pace = pace(of: job).secondsPerRow ?? textPace.secondsPerRow else { return 1 }
    let rows = min(share, Int(min(Self.second / max(pace, 1e-9), 1e9)))
    guard let fixed, rows > fixed else { return max(1, rows) }
    return rows / fixed * fixed
  }

  /// A call among suspects must not cost the whole time-out again and again; single texts get all of it.
  private func limit(_ part: WorkQueue.Part, _ pace: Pace) -> Duration {
    let limit = model.launcher.hosting.timeout
    guard [.suspectScores, .trial].contains(part.purpose), part.rows.count > 1 else {
      return limit
    }
    let expected = (pace.secondsPerRow ?? 0) * Double(part.rows.count)
    return min(limit, .seconds(max(Self.second, 10 * expected)))
  }

  private func terms(within limit: Duration) -> CallTerms {
    CallTerms(limit: limit, seed: model.launcher.hosting.seed)
  }

  /// Takes what a worker has to say about its part.
  private func settle(_ member: Member, _ job: some WorkerJob, _ run: inout Run) {
    guard let part = member.part, let process = member.process else { return }
    let reply = process.takeReply()
    if reply == nil && process.end == nil { return }
    member.part = nil
    var error: ClassifierError?
    if let reply {
      do throws(WireFault) {
        switch reply.kind {
        case .scores:
          try fill(part, from: reply.decode(), &run)
          pace(add: SuspendingClock.now - member.start, rows: part.rows.count, of: job)
        case .scoringFailed: error = try reply.decode(ClassifierError.self)
        default: throw WireFault("an answer to another question")
        }
      } catch {
        process.fail(.lied(error))
      }
    }
    if let end = process.end {
      member.dismiss()
      let count = part.rows.count
      let what = count == 1 ? "the text" : "\(count) texts in one call, the first"
      error = failure(
        end, "scoring \(what) \(TextExcerpt(of: job.text(of: part.rows.lowerBound)))")
    }
    guard let error else { return run.queue.succeed(part) }
    // What the plugin says itself is said of the whole call, and no call comes after it.
    let isFinal = member.process != nil && run.stopsAtFirst && part.purpose != .trial
    guard let lost = isFinal ? part.rows : run.queue.fail(part) else { return }
    for row in lost { run.outcome.failures[row] = error }
    if run.stopsAtFirst { run.queue.drop(after: lost.lowerBound) }
  }

  private func fill(
    _ part: WorkQueue.Part, from scores: ScoreMatrix, _ run: inout Run
  ) throws(WireFault) {
    let rows = part.rows
    let outputs = description.labels.count
    guard scores.rows == rows.count, scores.outputs == outputs else {
      throw WireFault(
        "\(scores.rows) × \(scores.outputs) scores instead of \(rows.count) × \(outputs)")
    }
    if part.purpose == .trial { return }
    let start = rows.lowerBound
    for (index, value) in scores.values.enumerated() {
      run.outcome.scores.values[start * outputs + index] = value
    }
    for (index, flags) in scores.flags.enumerated() {
      run.outcome.scores.flags[start + index] = flags
    }
  }

  /// Sees to it that a member has a worker.
  private func ready(_ member: Member) throws(ClassifierError) {
    do throws(PluginError) {
      try start(member)
    } catch {
      throw ClassifierError(code: .crashed, message: error.message, help: error.help)
    }
  }

  /// Sees to it that a member has a worker, or else that there is no such member.
  ///
  /// - Returns: whether it has one.
  /// - Throws: `ClassifierError` where it is the last member.
  private func keep(_ member: Member) throws(ClassifierError) -> Bool {
    if members.count == 1 {
      try ready(member)
      return true
    }
    do throws(PluginError) {
      try start(member)
      return true
    } catch {
      members.removeAll { $0 === member }
      stopHiring(error)
      return false
    }
  }

  private func start(_ member: Member) throws(PluginError) {
    if let process = member.process, process.isReady() { return }
    member.dismiss()
    member.process = try model.start(expecting: description)
  }

  private func prepare(
    _ preparation: PrepareRequest, in member: Member
  ) throws(ClassifierError) -> Bool {
    let limit = model.launcher.hosting.timeout
    let isPrepared: Bool = try ask(
      member, FrameWriter(.prepare, Call(preparation, on: terms(within: limit))), for: .prepared,
      step: "preparing the text \(TextExcerpt(of: preparation.masking.text))")
    if isPrepared { member.prepared.insert(preparation.id) }
    return isPrepared
  }

  /// Has one worker answer one request.
  ///
  /// - Precondition: the member has a worker.
  private func ask<Reply: WireValue>(
    _ member: Member, _ request: FrameWriter, for kind: FrameKind,
    replyBytes: Int = WorkerProcess.largestReply, step: String
  ) throws(ClassifierError) -> Reply {
    var end = WorkerEnd.hungUp
    if let process = member.process {
      process.send(request, limit: model.launcher.hosting.timeout, replyBytes: replyBytes)
      WorkerProcess.wait(for: [process])
      if let reply = process.takeReply() {
        var refusal: ClassifierError?
        do throws(WireFault) {
          if reply.kind == kind { return try reply.decode() }
          guard reply.kind == .scoringFailed else {
            throw WireFault("an answer to another question")
          }
          refusal = try reply.decode(ClassifierError.self)
        } catch {
          process.fail(.lied(error))
        }
        if let refusal { throw refusal }
      }
      end = process.end ?? .hungUp
    }
    member.dismiss()
    throw failure(end, step)
  }

  private func failure(_ end: WorkerEnd, _ step: String) -> ClassifierError {
    var code = ClassifierError.Code.crashed
    if case .timedOut = end { code = .timedOut }
    let launcher = model.launcher
    let memoryLimit = launcher.hosting.memoryLimit
    let deed = end.deed(memoryLimit: memoryLimit)
    return ClassifierError(
      code: code, message: "plugin \"\(description.name)\" \(deed) while \(step)",
      help: end.help(launcher.file, memoryLimit: memoryLimit))
  }

  private func pace(of job: some WorkerJob) -> Pace {
    job.preparation == nil ? textPace : maskPace
  }

  private func pace(add time: Duration, rows: Int, of job: some WorkerJob) {
    if job.preparation == nil {
      textPace.add(time, rows: rows)
    } else {
      maskPace.add(time, rows: rows)
    }
  }

  /// One batch on its way.
  private struct Run {
    var queue: WorkQueue
    let stopsAtFirst: Bool
    var outcome: Outcome
  }

  /// One worker's place; who holds it changes when a worker dies.
  private final class Member {
    var process: WorkerProcess?
    /// Numbers of the texts prepared in this very process.
    var prepared: Set<Int> = []
    var part: WorkQueue.Part?
    var start = SuspendingClock.now

    init(process: WorkerProcess?) { self.process = process }

    func dismiss() {
      process = nil
      prepared = []
      part = nil
    }
  }

  /// How long rows take.
  private struct Pace {
    private var seconds = 0.0
    private var rows = 0.0

    /// Whether enough was measured to start processes for it: a first call alone may be slow for its own reasons.
    var isTrusted: Bool { seconds >= 0.02 }
    var secondsPerRow: Double? { rows > 0 ? seconds / rows : nil }

    mutating func add(_ time: Duration, rows: Int) {
      // Half of what was known counts: models warm up, and other programs come and go.
      seconds = seconds / 2 + time / .seconds(1)
      self.rows = self.rows / 2 + Double(rows)
    }
  }
}
