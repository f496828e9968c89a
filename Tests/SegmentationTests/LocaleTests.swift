import Segmentation
import Testing

@Suite struct LocaleTests {
  @Test(
    "languages that ICU knows are accepted in either spelling",
    arguments: [
      "", "root", "und", "en", "EN", "de-AT", "de_AT", "zh-Hant-TW", "zh_Hant", "sr-Latn-RS",
      "en-US-posix", "sl-rozaj",
      "yue", "th-u-nu-thai", "en-u-ss-standard", "x-private", "und-Thai",
    ])
  func known(locale: String) throws {
    let segmenter = try Segmenter(unit: .word, locale: locale)
    #expect(try segmenter.tokens(in: Array("one two".utf8)).count == 2)
  }

  @Test(
    "what is plainly no locale is refused",
    arguments: [
      "english", "qqq", "zz", "C", "de_DE.UTF-8", "en-", "-en", "_US", "en--US", "en US", " en",
      "en\n", "en\0", "日本",
      "de@collation=phonebook", "123", "toolongsubtag", "en-toolongsubtag", "*", "../../etc/passwd",
      String(repeating: "en-", count: 100) + "en",
    ])
  func unknown(locale: String) {
    #expect(throws: SegmentationError.unknownLocale(locale)) {
      try Segmenter(unit: .word, locale: locale)
    }
  }

  @Test(
    "a locale changes what it should: abbreviations do not end a sentence where the tag asks for it"
  )
  func suppressions() throws {
    let text = Array("Ask Mr. Smith. He knows.".utf8)
    #expect(try Segmenter(unit: .sentence, locale: "en").tokens(in: text).count == 3)
    #expect(try Segmenter(unit: .sentence, locale: "en-u-ss-standard").tokens(in: text).count == 2)
  }

  @Test("errors say what is wrong and what to do")
  func messages() {
    #expect(SegmentationError.unknownLocale("a\nb").message == #"unknown locale "a\nb""#)
    #expect(
      SegmentationError.invalidUTF8(offset: 17).message
        == "the text is not valid UTF-8 at byte offset 17")
    #expect(throws: SegmentationError.textTooLarge(byteCount: 2_147_483_648)) {
      try Segmenter.checkByteCount(2_147_483_648)
    }
    #expect(throws: Never.self) { try Segmenter.checkByteCount(2_147_483_647) }
    #expect(
      SegmentationError.textTooLarge(byteCount: 2_147_483_648).message
        == "the text has 2147483648 bytes, more than the limit of 2147483647")
    let errors: [SegmentationError] = [
      .unknownLocale("x"), .invalidUTF8(offset: 0), .textTooLarge(byteCount: 1), .icuFailed("U_X"),
    ]
    for error in errors {
      #expect(
        !error.help.isEmpty && error.message.first?.isUppercase != true
          || error == .icuFailed("U_X"))
    }
  }

  @Test("the versions are those of Debian 12")
  func versions() {
    #expect(ICU.version == "72.1")
    #expect(ICU.unicodeVersion == "15.0")
  }
}
