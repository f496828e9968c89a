/// Who is switched on and off: tokens, or all tokens with equal bytes together.
struct Players: Sendable, Equatable {
  /// What a player is.
  enum Kind: String, Sendable {
    case occurrence
    case type
  }

  let kind: Kind
  /// For each player the pieces that it stands for, ascending; players in the order of their first pieces.
  let pieces: [[Int]]

  /// Makes the players of a text's pieces, given each piece's bytes.
  init(_ kind: Kind, of texts: [ArraySlice<UInt8>]) {
    self.kind = kind
    switch kind {
    case .occurrence:
      pieces = texts.indices.map { [$0] }
    case .type:
      var pieces: [[Int]] = []
      var playerOfText: [ArraySlice<UInt8>: Int] = [:]
      for (piece, text) in texts.enumerated() {
        if let player = playerOfText[text] {
          pieces[player].append(piece)
        } else {
          playerOfText[text] = pieces.count
          pieces.append([piece])
        }
      }
      self.pieces = pieces
    }
  }

  var count: Int { pieces.count }
}

extension ExplainerOptions.PlayerSelection {
  /// Who plays in a method's game.
  func kind(for method: ExplainerOptions.Method) -> Players.Kind {
    switch self {
    case .occurrence: .occurrence
    case .type: .type
    case .auto: method == .lime ? .type : .occurrence
    }
  }
}
