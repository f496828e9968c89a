import CICU

/// An ICU break iterator.
///
/// Invariants: `handle` is open from `init` to `deinit` and used by this object alone; a text is
/// known to ICU only while ``forEachBoundary(in:_:)`` runs, which holds on to its storage. Not for
/// two threads at once, hence not Sendable.
final class BreakIterator {
  private let handle: OpaquePointer

  /// Opens the iterator of a unit.
  ///
  /// - Throws: `unknownLocale`, `icuFailed`.
  init(unit: SegmentationUnit, locale: String) throws(SegmentationError) {
    guard let identifier = Self.canonicalLocale(locale) else { throw .unknownLocale(locale) }
    var error: Int32 = 0
    guard let handle = cicu_open(unit.cicuUnit, identifier, &error) else {
      throw .icuFailed(String(cString: cicu_error_name(error)))
    }
    self.handle = handle
  }

  deinit { cicu_close(handle) }

  /// Calls `body` with the end of every segment in UTF-16 code units, ascending, and its rule
  /// status.
  ///
  /// - Precondition: `text` has at most `Int32.max` code units.
  func forEachBoundary(
    in text: [UInt16], _ body: (_ end: Int, _ status: Int) -> Void
  ) throws(SegmentationError) {
    let error: Int32 = text.withUnsafeBufferPointer { text in
      guard let address = text.baseAddress, !text.isEmpty else { return 0 }
      let error = cicu_begin_text(handle, address, Int32(text.count))
      defer { cicu_end_text(handle) }
      guard error == 0 else { return error }
      withUnsafeTemporaryAllocation(of: cicu_boundary.self, capacity: 256) { boundaries in
        var count = 256
        while count == 256 {
          count = Int(cicu_next(handle, boundaries.baseAddress, 256))
          for index in 0..<count { body(Int(boundaries[index].end), Int(boundaries[index].status)) }
        }
      }
      return 0
    }
    if error != 0 { throw .icuFailed(String(cString: cicu_error_name(error))) }
  }

  private static func canonicalLocale(_ tag: String) -> String? {
    guard tag.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer -> String? in
      guard let address = buffer.baseAddress, cicu_canonical_locale(tag, address, 256) >= 0 else {
        return nil
      }
      return String(cString: address)
    }
  }
}

extension SegmentationUnit {
  fileprivate var cicuUnit: cicu_unit {
    switch self {
    case .word: CICU_WORD
    case .grapheme: CICU_GRAPHEME
    case .sentence: CICU_SENTENCE
    case .line: CICU_LINE
    }
  }
}
