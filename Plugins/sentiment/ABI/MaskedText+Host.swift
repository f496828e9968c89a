import CTextExplain

/// A prepared text as the host holds it: `tx_masked`.
final class PreparedText {
  var masked: MaskedText

  init(_ what: UnsafePointer<tx_masking>?) throws(PluginFailure) {
    masked = try MaskedText(what)
  }
}

extension MaskedText {
  /// Copies and checks what the host wants prepared.
  init(_ what: UnsafePointer<tx_masking>?) throws(PluginFailure) {
    guard let what = what?.pointee, Int(what.size) >= Layout.maskingCount else {
      throw PluginFailure(TX_E_ARGUMENT, "nothing to prepare")
    }
    var filler: [UInt8] = []
    switch Int(what.absent) {
    case TX_ABSENT_REMOVE: break
    case TX_ABSENT_REPLACE: filler = [UInt8](try what.filler.validated())
    default: throw PluginFailure(TX_E_UNSUPPORTED, "absent mode \(what.absent) is not supported")
    }
    let text = try what.text.validated()
    var pieces: [Range<Int>] = []
    pieces.reserveCapacity(what.piece_count)
    var end: UInt64 = 0
    for i in 0..<what.piece_count {
      guard let piece = what.pieces?[i], piece.begin >= end, piece.begin < piece.end,
        piece.end <= UInt64(text.count), UTF8Scalars.isBoundary(text, Int(piece.begin)),
        UTF8Scalars.isBoundary(text, Int(piece.end))
      else {
        throw PluginFailure(
          TX_E_ARGUMENT,
          "piece \(i) is not a non-empty range of characters of the text behind the piece before it"
        )
      }
      pieces.append(Int(piece.begin)..<Int(piece.end))
      end = piece.end
    }
    let (filled, overflow) = filler.count.multipliedReportingOverflow(by: pieces.count)
    guard !overflow, filled <= tx_text.longest - text.count else {
      throw PluginFailure(
        TX_E_UNSUPPORTED, "a rendering could exceed the limit of \(tx_text.longest) bytes")
    }
    self.init(text: [UInt8](text), pieces: pieces, filler: filler)
  }
}
