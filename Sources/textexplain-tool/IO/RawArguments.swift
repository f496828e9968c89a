import Segmentation

/// The command line as the operating system gave it.
///
/// Swift repairs invalid UTF-8 in its list of arguments without a word; here it is found first.
enum RawArguments {
  /// Refuses arguments that are no UTF-8, unless the user asked for repair.
  static func check(_ arguments: [[UInt8]]) throws {
    if arguments.contains(Array("--lossy".utf8)) { return }
    for (index, argument) in arguments.enumerated() {
      if let offset = UTF8Text.firstInvalidOffset(in: argument) {
        throw Failure.invalidUTF8(in: "argument \(index + 1)", offset: offset)
      }
    }
  }

  /// Whether the output is to be NDJSON, told before the arguments are parsed.
  static func askForNDJSON(_ arguments: [[UInt8]]) -> Bool {
    let words = words(arguments).prefix { $0 != "--" }
    let pairs = zip(words, words.dropFirst())
    return words.contains("--format=ndjson")
      || pairs.contains { ["-f", "--format"].contains($0) && $1 == "ndjson" }
  }

  /// The bytes of all arguments after the program's name.
  static func all() -> [[UInt8]] {
    var arguments: [[UInt8]] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[index] else { break }
      arguments.append(Array(UnsafeRawBufferPointer(start: argument, count: byteCount(argument))))
    }
    return arguments
  }

  /// The arguments as text, repaired where they are no UTF-8.
  static func words(_ arguments: [[UInt8]]) -> [String] {
    arguments.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func byteCount(_ string: UnsafeMutablePointer<CChar>) -> Int {
    var count = 0
    while string[count] != 0 { count += 1 }
    return count
  }
}

extension Failure {
  static func invalidUTF8(in place: String, offset: Int) -> Failure {
    Failure(
      .unusableInput, code: "invalid-utf8",
      "\(place) is not UTF-8: first invalid byte at offset \(offset)",
      help: "convert it to UTF-8, or repair it with --lossy")
  }
}
