import Rendering
import Testing

/// What reaches the terminal of texts that may hold anything.
@Suite struct VisibleCharactersTests {
  @Test(
    "controls, bidirectional controls and hidden characters are written out",
    arguments: [
      ("\u{1B}[31m", #"\u{1B}[31m"#), ("\0", #"\u{0}"#), ("\u{7F}", #"\u{7F}"#),
      ("\u{9B}", #"\u{9B}"#),
      ("\r", #"\u{D}"#), ("a\u{202E}b\u{202C}", #"a\u{202E}b\u{202C}"#),
      ("\u{2066}x\u{2069}", #"\u{2066}x\u{2069}"#),
      ("\u{200E}\u{200F}\u{61C}", #"\u{200E}\u{200F}\u{61C}"#), ("a\u{AD}b", #"a\u{AD}b"#),
      ("\u{FEFF}", #"\u{FEFF}"#),
      ("\u{2028}\u{2029}\u{85}", #"\u{2028}\u{2029}\u{85}"#), ("x\u{E0041}", #"x\u{E0041}"#),
      ("e\u{301}\u{202E}", "e\u{301}" + #"\u{202E}"#),
    ])
  func escapes(text: String, visible: String) {
    #expect(String(visibleCharacters(text)) == visible)
  }

  @Test(
    "what scripts and emoji need stays",
    arguments: [
      "naïve e\u{301}", "می\u{200C}خواهم", "क्\u{200D}ष", "👨‍👩‍👧❤️1️⃣🇹🇭", "🏴\u{E0067}\u{E0062}\u{E007F}",
      "ไทย\u{200B}ไทย",
    ])
  func kept(text: String) {
    #expect(String(visibleCharacters(text)) == text)
  }

  @Test("a tab is a space, a line break a sign")
  func whitespace() {
    #expect(String(visibleCharacters("a\tb\nc\r\nd")) == "a b⏎c⏎d")
  }
}
