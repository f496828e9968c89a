import Classification

/// What a worker does for its host, one request at a time.
struct WorkerService {
  private let channel: WorkerChannel
  private var library: PluginLibrary?
  private var classifier: PluginClassifier?
  private var prepared: [Int: PluginMaskedScorer] = [:]
  private var reply = FrameWriter()

  init(channel: WorkerChannel) { self.channel = channel }

  /// Does what a frame asks for and sends the answer.
  mutating func answer(_ frame: Frame) throws(WireFault) {
    switch frame.kind {
    case .load: load(try frame.decode())
    case .create: try create(try frame.decode())
    case .predict:
      let call: Call<PredictRequest> = try frame.decode()
      let classifier = try opened()
      score { () throws(ClassifierError) in
        try classifier.uncheckedScores(of: call.request.batch, on: call.terms)
      }
    case .prepare: try prepare(try frame.decode())
    case .tokenize:
      let classifier = try opened()
      let request: TokenizeRequest = try frame.decode()
      do throws(ClassifierError) {
        send(.tokens, TokensReply(ranges: try classifier.tokens(of: request.text)))
      } catch {
        send(.scoringFailed, error)
      }
    case .score:
      let call: Call<ScoreRequest> = try frame.decode()
      let request = call.request
      guard let scorer = prepared[request.id] else { throw WireFault("no such prepared text") }
      let words = scorer.masking.wordsPerMask
      guard request.rows >= 0,
        request.rows.multipliedReportingOverflow(by: words) == (request.masks.count, false)
      else { throw WireFault("the masks do not fit the text") }
      score { () throws(ClassifierError) in
        try scorer.uncheckedScores(ofMasks: request.masks, rows: request.rows, on: call.terms)
      }
    case .release: prepared[try frame.decode(Int.self)] = nil
    default: throw WireFault("no request")
    }
  }

  private mutating func load(_ request: LoadRequest) {
    do throws(PluginError) {
      let missing = try request.doors.close(for: request.file)
      let library = try PluginLibrary(shutIn: request.file, from: request.path)
      self.library = library
      send(
        .loaded, LoadedReply(library: LibraryDescription(library), missingLayers: missing))
    } catch {
      send(.openingFailed, error)
    }
  }

  private mutating func create(_ call: Call<CreateRequest>) throws(WireFault) {
    guard let library else { throw WireFault("nothing is loaded") }
    let channel = channel
    let request = call.request
    do throws(PluginError) {
      // The host has made every path absolute.
      let classifier = try PluginClassifier(
        library, options: request.options,
        environment: PluginSearchEnvironment(workingDirectory: "/"),
        hostVersion: request.hostVersion, opening: call.terms,
        log: { channel.send(FrameWriter(.log, $0)) })
      self.classifier = classifier
      send(.created, classifier.description)
    } catch {
      send(.openingFailed, error)
    }
  }

  private mutating func prepare(_ call: Call<PrepareRequest>) throws(WireFault) {
    let classifier = try opened()
    let request = call.request
    do throws(ClassifierError) {
      prepared[request.id] = try PluginMaskedScorer.prepare(
        request.masking, for: classifier, on: call.terms)
      send(.prepared, prepared[request.id] != nil)
    } catch {
      send(.scoringFailed, error)
    }
  }

  private mutating func score(_ body: () throws(ClassifierError) -> ScoreMatrix) {
    do throws(ClassifierError) {
      send(.scores, try body())
    } catch {
      send(.scoringFailed, error)
    }
  }

  private func opened() throws(WireFault) -> PluginClassifier {
    guard let classifier else { throw WireFault("no model is open") }
    return classifier
  }

  private mutating func send(_ kind: FrameKind, _ value: some WireValue) {
    reply.begin(kind)
    reply.put(value)
    reply.end()
    channel.send(reply)
  }
}
