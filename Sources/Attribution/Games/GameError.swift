/// Why a game's answer cannot be used.
public enum GameError: Error, Equatable, Sendable {
  /// The game gave NaN, or a value above ``largestMagnitude``.
  case valueOutOfRange(value: Double, output: Int, coalitionSize: Int)

  /// The largest magnitude of a value that is accepted, so that squares of differences cannot overflow.
  public static let largestMagnitude = 1e100

  /// What is wrong.
  public var message: String {
    switch self {
    case .valueOutOfRange(let value, let output, let coalitionSize):
      "output \(output) of the game is \(value) for a coalition of \(coalitionSize) players; "
        + "values must be numbers of magnitude \(Self.largestMagnitude) at most"
    }
  }
}

/// Values as the game gave them.
///
/// - Throws: ``GameError/valueOutOfRange(value:output:coalitionSize:)``.
func checked(
  _ values: [Double], of batch: Coalitions, outputs: Int
) throws(GameError) -> [Double] {
  precondition(values.count == batch.count * outputs, "a value for each coalition and output")
  for (index, value) in values.enumerated() where !(value.magnitude <= GameError.largestMagnitude) {
    throw .valueOutOfRange(
      value: value, output: index % outputs, coalitionSize: batch.size(of: index / outputs))
  }
  return values
}
