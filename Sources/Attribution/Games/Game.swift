/// A cooperative game: coalitions of players in, values out.
///
/// LIME, Shapley values and everything after them see nothing else of a text and its classifier. A game has one or
/// more outputs (the labels that are explained); all of them come out of one evaluation.
public protocol Game: AnyObject {
  /// The number of players *n*.
  var playerCount: Int { get }

  /// The number of values of a coalition, at least one.
  var outputCount: Int { get }

  /// The values of coalitions, row-major: one row a coalition, one column an output.
  ///
  /// Values are finite. Asking for a coalition again is free; the budget counts distinct coalitions.
  func values(of coalitions: Coalitions) throws -> [Double]
}
