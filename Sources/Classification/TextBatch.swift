/// A batch of UTF-8 texts in one arena of bytes.
///
/// Texts are appended piece by piece and closed with ``endText()``, so that a perturbed text is written once,
/// straight from the bytes of its original, and storage is reused from batch to batch.
public struct TextBatch: Sendable {
  /// The texts' bytes, one after the other.
  public private(set) var bytes: [UInt8] = []
  /// Where each text ends in ``bytes``; text `i` begins where text `i - 1` ends.
  public private(set) var ends: [Int] = []

  /// Makes an empty batch.
  public init() {}

  /// Makes a batch of texts that lie one after the other.
  ///
  /// - Returns: nil where `ends` does not rise from text to text and end with the bytes.
  public init?(bytes: [UInt8], ends: [Int]) {
    var last = 0
    for end in ends {
      if end < last { return nil }
      last = end
    }
    if last != bytes.count { return nil }
    self.bytes = bytes
    self.ends = ends
  }

  /// Makes a batch of whole texts.
  public init(_ texts: some Sequence<String>) {
    for text in texts {
      append(contentsOf: text.utf8)
      endText()
    }
  }

  /// The number of closed texts.
  public var count: Int { ends.count }

  /// The byte range of text `index`.
  public func range(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Appends bytes to the text under construction.
  public mutating func append(contentsOf piece: some Sequence<UInt8>) {
    bytes.append(contentsOf: piece)
  }

  /// Appends a range of some text's bytes to the text under construction.
  public mutating func append(_ text: [UInt8], range: Range<Int>) {
    text.withUnsafeBufferPointer { bytes.append(contentsOf: $0[range]) }
  }

  /// Closes the text under construction, which may be empty.
  public mutating func endText() { ends.append(bytes.count) }

  /// Removes all texts but keeps the storage.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
