/// The words of one text in order, with what its punctuation adds: what the rules score.
///
/// Invariants: `words` points to room for `capacity` words, preceded by three words that stand
/// before the sentence (always initialised) and followed by room for two more; `valences` has room
/// for `capacity` entries; the first `count` words are initialised. Only this type reads or writes
/// the memory, and it is freed with the sentence.
struct Sentence: ~Copyable {
  /// A non-zero valence and the position of its word.
  struct Valence: BitwiseCopyable {
    var position: Int
    var value: Double
  }

  private(set) var words: UnsafeMutablePointer<Token>
  private(set) var valences: UnsafeMutablePointer<Valence>
  private(set) var capacity: Int
  private(set) var count = 0
  /// How many words are written in capitals only.
  private(set) var capitals = 0
  /// How many exclamation marks the text holds.
  var exclamations = 0
  /// How many question marks the text holds.
  var questions = 0

  init() {
    capacity = 64
    words = Self.allocateWords(capacity)
    valences = .allocate(capacity: capacity)
  }

  deinit {
    (words - 3).deallocate()
    valences.deallocate()
  }

  /// Starts a new sentence in the same memory.
  @inline(__always)
  mutating func removeAll() {
    count = 0
    capitals = 0
    exclamations = 0
    questions = 0
  }

  /// Gives back the memory that an unusually long text took.
  mutating func trim() {
    guard capacity > 1 << 16 else { return }
    count = 0
    resize(to: 64)
  }

  @inline(__always)
  mutating func append(_ token: Token) {
    if count == capacity { resize(to: capacity * 2) }
    words[count] = token
    count += 1
    if token.roles.contains(.capitals) { capitals += 1 }
  }

  /// Adds words of which `capitals` are written in capitals.
  @inline(__always)
  mutating func append(_ tokens: UnsafePointer<Token>, count added: Int, capitals: Int) {
    if count + added > capacity { resize(to: max(capacity * 2, count + added)) }
    for i in 0..<added { words[count + i] = tokens[i] }
    count += added
    self.capitals += capitals
  }

  private mutating func resize(to newCapacity: Int) {
    let newWords = Self.allocateWords(newCapacity)
    newWords.update(from: words, count: count)
    (words - 3).deallocate()
    words = newWords
    valences.deallocate()
    valences = .allocate(capacity: newCapacity)
    capacity = newCapacity
  }

  private static func allocateWords(_ capacity: Int) -> UnsafeMutablePointer<Token> {
    let memory = UnsafeMutablePointer<Token>.allocate(capacity: capacity + 5)
    memory.initialize(repeating: .before, count: 3)
    return memory + 3
  }
}
