import PluginHost
import Testing

@Suite("Lines of a program")
struct LineBufferTests {
  @Test("come out as they were written, in whatever pieces they arrive", arguments: 1...9)
  func pieces(size: Int) {
    let text = Array("one\n\nthree, longer\r\nfour\nrest".utf8)
    var buffer = LineBuffer(limit: 100)
    var lines: [String] = []
    for start in stride(from: 0, to: text.count, by: size) {
      text[start..<min(start + size, text.count)].withUnsafeBytes { buffer.append($0) }
      while let line = buffer.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    }
    #expect(lines == ["one", "", "three, longer\r", "four"])
    #expect(buffer.bytes == Array("rest".utf8))
    #expect(buffer.next() == nil)
  }

  @Test("all at once they wait for each other")
  func atOnce() {
    var buffer = LineBuffer(limit: 100)
    Array("a\nb\nc".utf8).withUnsafeBytes { buffer.append($0) }
    #expect(buffer.hasLine)
    #expect(buffer.next() == Array("a".utf8) && buffer.next() == Array("b".utf8))
    #expect(!buffer.hasLine && buffer.next() == nil)
  }

  @Test("one that has no end is found out, a long one that ends is not")
  func limit() {
    var buffer = LineBuffer(limit: 4)
    Array("abcd".utf8).withUnsafeBytes { buffer.append($0) }
    #expect(!buffer.isTooLong)
    Array("e".utf8).withUnsafeBytes { buffer.append($0) }
    #expect(buffer.isTooLong)
    Array("\n".utf8).withUnsafeBytes { buffer.append($0) }
    #expect(!buffer.isTooLong && buffer.next() == Array("abcde".utf8))
  }
}
