import Attribution
import _TestSupport

/// Kinds of games like those that text classifiers make, and some that test other things.
enum GameFamily: Int, CaseIterable, Sendable {
  case sumOfUnanimity
  case maskedNGram
  case survivingBigram
  case meanPooling
  case weightedVoting
  case decisionForest
  case lengthNormalizedNetwork
  case pooledNetwork
  case linearProbability
  case attention
  case sentiment
  case trainedNetwork

  /// The name in file names and on the command line.
  var key: String { "\(self)" }

  /// The heading in the report.
  var title: String {
    switch self {
    case .sumOfUnanimity: "sum of unanimity games"
    case .maskedNGram: "masked n-grams"
    case .survivingBigram: "deletion bigrams"
    case .meanPooling: "mean pooling"
    case .weightedVoting: "weighted voting"
    case .decisionForest: "decision trees"
    case .lengthNormalizedNetwork: "tf-idf network"
    case .pooledNetwork: "mean-pooled network"
    case .linearProbability: "linear probability"
    case .attention: "attention"
    case .sentiment: "sentiment plugin"
    case .trainedNetwork: "trained network"
    }
  }

  /// What its games are, in a sentence.
  var summary: String {
    switch self {
    case .sumOfUnanimity:
      "5n terms of one to five words, each of which counts where all of its words are present."
    case .maskedNGram:
      "A logistic model over words, adjacent pairs and triples; absent words keep their places."
    case .survivingBigram:
      "A logistic model over words and over pairs that are neighbours once absent words are deleted."
    case .meanPooling: "The mean of the weights of the words that are present."
    case .weightedVoting:
      "1 where the whole-number weights of the words that are present reach a quota."
    case .decisionForest:
      "The sum of ten decision trees, up to six deep, that ask which words are present."
    case .lengthNormalizedNetwork:
      "A tanh network with a logistic output over word weights normalised to length one."
    case .pooledNetwork:
      "A tanh network with a logistic output over the mean of the word vectors that are present."
    case .linearProbability:
      "A logistic function of the sum of the weights of the words that are present."
    case .attention:
      "A logistic function of values averaged by four softmaxes over the words that are present."
    case .sentiment:
      "The probability of \"positive\" that the bundled plugin gives to reviews of corpora/reviews.tsv "
        + "(the larger ones are neighbouring reviews, joined)."
    case .trainedNetwork:
      "The probability of \"positive\" that a small tanh network on tf-idf vectors, trained on 66 of the "
        + "reviews of corpora/reviews.tsv, gives to the words of the others."
    }
  }

  /// The texts with a number of words within `sizes` that its games come from; nil where they are
  /// random.
  func texts(words sizes: ClosedRange<Int>) throws -> [String]? {
    switch self {
    case .sentiment: try ReviewTexts.all().texts(words: sizes)
    case .trainedNetwork: try ReviewTexts.all().heldOut.texts(words: sizes)
    default: nil
    }
  }

  /// The game of a text.
  ///
  /// - Precondition: Its games come from ``texts(words:)``.
  func game(of text: String) throws -> any Game {
    switch self {
    case .sentiment: try SentimentGame(text)
    case .trainedNetwork: try TrainedNetworkGame(text)
    default: preconditionFailure("made at random")
    }
  }

  /// A random game, with its Shapley values where they are known in closed form.
  ///
  /// - Precondition: Its games do not come from texts.
  func randomGame(
    playerCount n: Int, using generator: inout SplitMix64
  ) -> (game: any Game, shapleyValues: (() -> [Double])?) {
    switch self {
    case .sumOfUnanimity: known(.randomSumOfUnanimity(playerCount: n, using: &generator))
    case .maskedNGram: known(.randomMaskedNGram(playerCount: n, using: &generator))
    case .survivingBigram: known(.randomSurvivingBigram(playerCount: n, using: &generator))
    case .linearProbability: known(.randomLinear(playerCount: n, using: &generator))
    case .meanPooling: known(.randomMeanPooling(playerCount: n, using: &generator))
    case .weightedVoting: known(.randomWeightedVoting(playerCount: n, using: &generator))
    case .decisionForest:
      known(DecisionForest(playerCount: n, trees: 10, depth: 6, using: &generator).game(key))
    case .lengthNormalizedNetwork:
      (ClosureGame.lengthNormalizedNetwork(playerCount: n, using: &generator), nil)
    case .pooledNetwork: (ClosureGame.pooledNetwork(playerCount: n, using: &generator), nil)
    case .attention: (ClosureGame.attention(playerCount: n, using: &generator), nil)
    case .sentiment, .trainedNetwork: preconditionFailure("made from a text")
    }
  }

  private func known(_ game: ClosureGame) -> (any Game, (() -> [Double])?) {
    (game, { game.shapleyValues })
  }

  private func known(_ automaton: ScoreAutomaton) -> (any Game, (() -> [Double])?) {
    (automaton.game(key), automaton.shapleyValues)
  }
}
