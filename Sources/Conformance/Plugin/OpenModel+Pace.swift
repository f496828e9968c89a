/// Slow models are asked for less: as much as they do in a part of the check's time, and never nothing.
extension OpenModel {
  /// Seconds for what a check repeats; the rest of its time is for opening models and for what it does once.
  var secondsForRepeats: Double { subject.request.seconds / 4 }

  /// Seconds that a short text takes, by the clock.
  private func secondsPerText() throws -> Double {
    if let pace = knownPace { return pace }
    let text = try Array(readable(Corpus.texts).prefix(1))
    let pace = try (0..<2).map { _ in
      let start = monotonicSeconds()
      _ = try predict(text)
      return monotonicSeconds() - start
    }.reduce(Double.infinity, min)
    knownPace = pace
    return pace
  }

  /// How many short texts the model can score `rounds` times.
  ///
  /// - Returns: `wanted`, or for a slow model fewer, but at least `least`.
  func affordable(_ wanted: Int, atLeast least: Int, rounds: Int) throws -> Int {
    let most = try secondsForRepeats / max(1e-9, secondsPerText() * Double(rounds))
    return min(wanted, max(least, Int(min(most, Double(wanted)))))
  }

  /// The readable texts of the corpus; of a slow model's as many as it can score `rounds` times, short ones first.
  func corpus(rounds: Int = 1, atMost limit: Int = .max) throws -> [[UInt8]] {
    let texts = try Array(readable(Corpus.texts).prefix(limit))
    return try Array(texts.prefix(affordable(texts.count, atLeast: 6, rounds: rounds)))
  }

  /// A text of so many bytes, or for a slow model as many as it reads in time.
  func affordableText(_ bytes: Int) throws -> [UInt8] {
    let limit = try facts().maximumTextBytes
    // Past its limit it has to refuse or to cut, whatever the length.
    if limit > 0 && bytes > limit { return Corpus.exactly(bytes) }
    let sample = min(bytes, 1 << 14)
    let start = monotonicSeconds()
    _ = try predict([Corpus.exactly(sample)])
    let rate = Double(sample) / max(1e-9, monotonicSeconds() - start)
    return Corpus.exactly(
      Int(min(Double(bytes), max(Double(sample), rate * secondsForRepeats / 2))))
  }
}
