/// A text classifier that a plugin offers.
///
/// One instance is one open model. The host calls it from one thread at a time, not always the same,
/// unless ``ClassifierTraits/isConcurrent`` says that several may call at once.
///
/// ```swift
/// final class Cheerfulness: TextClassifier {
///   static let identity = ClassifierIdentity(id: "org.example.cheer", name: "cheer", version: "1.0.0")
///   let labels = ["glum", "cheerful"]
///
///   init(options: OpenOptions) throws {}
///
///   func score(_ texts: TextBatch, into scores: ScoreRows, call: inout Call) throws {
///     for row in 0..<texts.count {
///       let cheerful = try texts[row].string.contains("!") ? 0.9 : 0.4
///       scores[row] = [1 - cheerful, cheerful]
///     }
///   }
/// }
/// ```
public protocol TextClassifier: AnyObject {
  /// Its permanent name and what people read about it.
  static var identity: ClassifierIdentity { get }

  /// The options that ``init(options:)`` accepts; none unless given.
  static var options: [OptionDeclaration] { get }

  /// Opens a model with options that have been checked against ``options``.
  ///
  /// - Throws: ``PluginError`` with `.option` or `.model` where an option or a file cannot be used.
  init(options: OpenOptions) throws

  /// What each score of a row is for: unique and not empty, constant for the instance's life.
  var labels: [String] { get }

  /// What the scores mean; probabilities that sum to 1 unless given.
  var outputKind: OutputKind { get }

  /// Everything else that the host should know of the model.
  var traits: ClassifierTraits { get }

  /// Scores each text into the row of the same number, one score a label.
  ///
  /// A row depends on its text, the options and the seed alone. Texts may be empty and may hold U+0000.
  /// Memory behind `texts` and `scores` is the host's and gone when the call returns.
  ///
  /// - Throws: ``PluginError``; then no score of the call is used.
  func score(_ texts: TextBatch, into scores: ScoreRows, call: inout Call) throws
}

extension TextClassifier {
  /// None.
  public static var options: [OptionDeclaration] { [] }
  /// Probabilities that sum to 1.
  public var outputKind: OutputKind { .probability }
  /// A model that scores every text for itself, in no particular language.
  public var traits: ClassifierTraits { ClassifierTraits() }
}
