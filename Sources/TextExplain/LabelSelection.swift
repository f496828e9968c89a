extension ExplainerOptions.LabelSelection {
  /// Refuses a name or a position that the classifier does not have.
  ///
  /// - Throws: ``ExplainerError``.
  func validate(for labels: [String]) throws {
    switch self {
    case .top, .all: return
    case .name(let name):
      if !labels.contains(name) { throw ExplainerError.noSuchLabel(name, labels: labels) }
    case .index(let index):
      if !labels.indices.contains(index) {
        throw ExplainerError.noSuchLabelIndex(index, labels: labels)
      }
    }
  }
}

/// The outputs that are explained, and whether the choice was a toss-up.
struct ExplainedLabels: Sendable, Equatable {
  /// Positions among the classifier's labels, ascending.
  let indices: [Int]
  /// The output with the highest score; of several, the first.
  let top: Int
  /// The outputs that share the highest score, where it decided what is explained.
  let tied: [Int]

  /// Chooses outputs by the full text's scores.
  init(_ selection: ExplainerOptions.LabelSelection, labels: [String], scores: [Double]) {
    let best = scores.max() ?? 0
    let leaders = scores.indices.filter { scores[$0] == best }
    top = leaders[0]
    var tied: [Int] = []
    switch selection {
    case .top:
      indices = [top]
      if leaders.count > 1 { tied = leaders }
    case .all: indices = Array(labels.indices)
    case .name(let name): indices = labels.firstIndex(of: name).map { [$0] } ?? []
    case .index(let index): indices = [index]
    }
    self.tied = tied
  }
}
