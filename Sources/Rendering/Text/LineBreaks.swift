extension Glyph.Break {
  /// Whether a line may begin with a token although no white space stands before it: `left` and `right` are the scalars
  /// on either side.
  ///
  /// In scripts without spaces lines end between words; closing punctuation stays with what it closes, opening
  /// punctuation with what it opens.
  static func between(_ left: Unicode.Scalar?, _ right: Unicode.Scalar?) -> Glyph.Break {
    guard let left, let right else { return .word }
    let isGlued =
      left.isOpening || (right.isPunctuation && !right.isOpening)
      || !(left.isUnspaced || right.isUnspaced)
    return isGlued ? .token : .word
  }
}

extension Unicode.Scalar {
  fileprivate var isOpening: Bool {
    switch properties.generalCategory {
    case .openPunctuation, .initialPunctuation: true
    default: false
    }
  }

  var isPunctuation: Bool {
    switch properties.generalCategory {
    case .openPunctuation, .initialPunctuation, .closePunctuation, .finalPunctuation,
      .otherPunctuation, .dashPunctuation, .connectorPunctuation:
      true
    default: false
    }
  }
}
