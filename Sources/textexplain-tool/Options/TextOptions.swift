import ArgumentParser
import Glibc
import Segmentation

/// Which text, and how its bytes are read.
struct TextOptions: ParsableArguments {
  @Argument(help: "The text. -, or no text where input is piped, reads standard input.")
  var text: String?

  @Option(
    help: ArgumentHelp("Read the text from a file.", valueName: "path"), completion: .file())
  var file: String?

  @Flag(help: "Repair invalid UTF-8 with U+FFFD; offsets then refer to the repaired text.")
  var lossy = false

  /// The text's bytes, valid UTF-8.
  func read(log: StandardErrorLog) throws -> [UInt8] {
    // Not when options are parsed: an unknown option's value would be taken for the text, and named in its place.
    if text != nil, file != nil {
      throw Failure(
        .usage, code: "usage", "a text and --file were both given", help: "give one of them")
    }
    if let file, file != "-" {
      return try checked(Self.readFile(file), from: "file \"\(file)\"", log)
    }
    if let text, text != "-" {
      if !text.isEmpty, !text.contains("\n"), access(text, F_OK) == 0 {
        log(.warning, "the text \"\(text)\" is also the name of a file; did you mean --file?")
      }
      return Array(text.utf8)
    }
    let input = FileDescriptor.standardInput
    if text == nil, file == nil, input.isTerminal {
      throw Failure(
        .usage, code: "no-text", "no text was given",
        help: "textexplain \"some text\" --plugin sentiment.so, or --file PATH, or a pipe")
    }
    let bytes: [UInt8]
    do {
      bytes = try input.readAll()
    } catch {
      throw Self.unreadable("standard input", error)
    }
    return try checked(bytes, from: "standard input", log)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private static func readFile(_ path: String) throws -> [UInt8] {
    do {
      let file = try FileDescriptor.open(path, O_RDONLY)
      defer { try? file.close() }
      return try file.readAll()
    } catch {
      throw unreadable("file \"\(path)\"", error)
    }
  }

  /// Takes one final line end and a byte order mark off, and sees to it that the rest is UTF-8.
  private func checked(
    _ bytes: [UInt8], from place: String, _ log: StandardErrorLog
  ) throws -> [UInt8] {
    var bytes = bytes
    if bytes.last == UInt8(ascii: "\n") {
      bytes.removeLast()
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    }
    if let offset = UTF8Text.firstInvalidOffset(in: bytes) {
      guard lossy else { throw Failure.invalidUTF8(in: place, offset: offset) }
      bytes = UTF8Text.repairing(bytes)
    }
    if bytes.starts(with: Self.byteOrderMark) {
      log(.warning, "\(place) begins with a byte order mark; the text is what comes after it")
      bytes.removeFirst(Self.byteOrderMark.count)
    }
    return bytes
  }

  private static func unreadable(_ place: String, _ error: FileDescriptor.SystemError) -> Failure {
    Failure(
      .unusableInput, code: "unreadable", "cannot read \(place): \(error.description)",
      help: "name a text file that exists and that you may read")
  }
}
