/// Checks and repairs bytes that should be UTF-8.
public enum UTF8Text {
  /// The offset of the first byte of the first ill-formed sequence, or `nil` if all of `bytes` is
  /// valid UTF-8.
  ///
  /// Overlong forms, surrogates, values above U+10FFFF, lone continuation bytes and a sequence cut
  /// off at the end are ill-formed (Unicode Standard 15.0, table 3-7). NUL is valid.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  /// The same bytes with one U+FFFD for every maximal subpart of an ill-formed sequence.
  ///
  /// This is the practice recommended by the Unicode Standard 15.0, section 3.9, and that of
  /// Swift's `String(decoding:as:)`. Valid input comes back unchanged.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public static func repairing(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).utf8)
  }
}
