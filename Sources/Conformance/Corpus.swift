/// The texts that checks send: short and long, of many scripts, none of them special to any model.
enum Corpus {
  static let sentences = [
    "I didn't love this movie, but the acting was great!", "good", "bad", "Not good at all.",
    "The plot is terrible and the ending is worse.", "An excellent, excellent book.",
    "It arrived on Monday.", "poor service, rude staff, never again :(", "WOW!!! Simply the best",
    "meh", "I hate that I love it.", "Great value; would buy again.", "a", "42", "3.14 is not 22/7",
    "She said \"fine\" and left.", "https://example.org/a?b=c#d", "e-mail me: a.b@example.org",
    "the the the the the the the the", "Das war ein wunderbarer Abend.", "C'était nul.",
    "Отличный фильм!", "とても面白かったです。", "这部电影非常好看", "영화가 정말 좋았어요", "فيلم رائع جدا",
    "סרט נהדר", "बहुत अच्छी फिल्म", "หนังดีมาก", "ছবিটি ভালো", "👍👍👍 loved it 😍", "👩‍👩‍👧‍👦 🇩🇪 ❤️", "naïve café façade",
    "odd even odd even", "x y z x y z", "don't can't won't shan't", "semi-detached, well-known",
    "Line one.\nLine two.\r\nLine three.", "tab\tseparated\tvalues", "  leading and trailing  ",
  ]

  static let texts: [[UInt8]] = sentences.map { Array($0.utf8) } + [long(2_000), long(9_000)]

  /// A text of about so many bytes, made of the sentences.
  static func long(_ bytes: Int) -> [UInt8] {
    var text: [UInt8] = []
    var index = 0
    while text.count < bytes {
      text += sentences[index % sentences.count].utf8
      text.append(UInt8(ascii: " "))
      index += 7
    }
    return text
  }

  /// Words of one ASCII text, repeated to exactly so many bytes.
  static func exactly(_ bytes: Int) -> [UInt8] {
    let words = Array("some good words and some bad words ".utf8)
    return (0..<bytes).map { words[$0 % words.count] }
  }

  static let whitespaceAndControls = [
    " ", "   ", "\t", "\n", "\r\n", "\u{b}\u{c}", "\u{85}", "\u{a0}", "\u{1680}", "\u{2003}",
    "\u{2028}", "\u{2029}", "\u{3000}", "\u{feff}", "\u{feff}good", "go\u{ad}od", "\u{200b}",
    "good\u{200b}bad", "\u{200c}\u{200d}", "\u{2060}", "\u{202e}doog\u{202c}",
    "\u{2066}good\u{2069}", "\u{200e}\u{200f}", "\u{1}\u{2}\u{1b}[31m", "\u{7f}", "\u{80}\u{9f}",
    "\u{fffc}\u{fffd}",
  ]

  static let unicode: [String] =
    [
      "Aé中😀", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇩🇪🇫🇷", "❤️", "👍🏽", "1️⃣", "\u{10ffff}\u{10fffe}",
      "\u{e000}\u{f0000}", "\u{fffe}\u{ffff}", "\u{d7ff}", "Привет", "Γειά", "שלום", "مرحبا", "नमस्ते",
      "হ্যালো",
      "ਸਤ", "નમસ્તે", "ନମସ୍କାର", "வணக்கம்", "హలో", "ಹಲೋ", "ഹലോ", "ආයුබෝවන්", "สวัสดี", "ສະບາຍດີ", "བཀྲ་ཤིས", "မင်္ဂလာပါ",
      "გამარჯობა", "Բարեւ", "ሰላም", "ᏏᏲ", "ᠮᠣᠩᠭᠣᠯ", "សួស្តី", "こんにちは", "コンニチハ", "你好", "안녕", "ꀀꀁ", "𐌰𐌱",
      "𝔘𝔫𝔦", "𠀀𠀁",
      "\u{301}alone", "a\u{301}", "\u{e1}", "ﷺ", "ǅ", "İıſ", "ß",
      "e" + String(repeating: "\u{301}", count: 10_000),
    ]

  /// Byte sequences that are no UTF-8.
  static let invalid: [[UInt8]] = [
    [0x80], [0xbf, 0xbf], [0xc0, 0xaf], [0xc1, 0x81], [0xe0, 0x80, 0xaf], [0xed, 0xa0, 0x80],
    [0xf0, 0x80, 0x80, 0xaf], [0xf4, 0x90, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xff],
    [0xfe, 0xff], [0xc3], [0xe4, 0xbd], [0xf0, 0x9f, 0x98],
    Array("good ".utf8) + [0xff] + Array(" bad".utf8), Array("good \u{e9}".utf8.dropLast()),
  ]
}
