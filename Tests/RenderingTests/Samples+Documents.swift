import ExplanationModel

extension Samples {
  static let all: [(name: String, document: ExplanationDocument)] = [
    ("english", english), ("arabic", arabic), ("chinese", chinese), ("thai-emoji", thaiEmoji),
    ("controls", controls), ("no-players", noPlayers), ("all-labels", allLabels),
    ("lime-only", limeOnly), ("standard-errors", standardErrors), ("languages", languages),
    ("sentences", sentences), ("checks", checks), ("checks-one", checksOfOne),
  ]

  /// A repeated word, a negation, both methods.
  static let english: ExplanationDocument = {
    let text = "I didn't love this movie, but the acting was great, and so was the music!"
    let tokens = Samples.tokens(
      text,
      words: [
        "I", "didn't", "love", "this", "movie", ",", "but", "the", "acting", "was", "great", ",",
        "and", "so", "was", "the", "music", "!",
      ])
    let shapley = Samples.shapley(
      occurrences(
        tokens,
        [
          0.004, -0.2214, 0.061, 0.0021, -0.0113, 0.0903, 0.0007, 0.0118, 0.0009, 0.3127, 0, 0.0141,
          0.0009, 0.0007, 0.0972,
        ]),
      label: "positive", index: 1, base: 0.5041, evaluations: 32768, budget: 65536)
    let lime = Samples.lime(
      types(
        tokens,
        [
          0.0031, -0.2031, 0.0512, 0.0011, -0.0098, 0.0733, 0.0009, 0.0087, 0.0013, 0.2904, 0.0004,
          0.0102, 0.0864,
        ]),
      label: "positive", index: 1, base: 0.5041, value: shapley.value, intercept: 0.5262,
      fidelity: 0.9412, evaluations: 3871)
    return document(
      text, tokens, labels: ["negative", "positive"],
      scores: [1 - shapley.value, shapley.value], [shapley, lime], tau: 0.8213)
  }()

  static let arabic: ExplanationDocument = {
    let text = "لم يعجبني هذا الفيلم في البداية، لكن التمثيل كان رائعا جدا والموسيقى كانت جميلة."
    let tokens = Samples.tokens(
      text,
      words: [
        "لم", "يعجبني", "هذا", "الفيلم", "في", "البداية", "،", "لكن", "التمثيل", "كان", "رائعا",
        "جدا", "والموسيقى", "كانت", "جميلة", ".",
      ])
    let shapley = Samples.shapley(
      occurrences(
        tokens,
        [
          -0.2302, 0.0611, 0.0012, -0.0221, 0, -0.0102, 0.0431, 0.0217, 0, 0.3411, 0.0912, 0.0101,
          0, 0.1533,
        ]),
      label: "إيجابي", index: 0, base: 0.4021, evaluations: 16384, budget: 16384)
    let lime = Samples.lime(
      types(
        tokens,
        [
          -0.2102, 0.0511, 0.0022, -0.0201, 0.0001, -0.0092, 0.0391, 0.0197, 0.0003, 0.3201, 0.0812,
          0.0091, 0.0004, 0.1403,
        ]),
      label: "إيجابي", index: 0, base: 0.4021, value: shapley.value, intercept: 0.4511,
      fidelity: 0.9132, evaluations: 2911)
    return document(
      text, tokens, labels: ["إيجابي", "سلبي"], scores: [shapley.value, 1 - shapley.value],
      [shapley, lime], tau: 0.9012)
  }()

  static let chinese: ExplanationDocument = {
    let text = "这部电影开头很无聊，但是演员的表演非常精彩，音乐也非常好听，我和朋友们都很喜欢。"
    let tokens = Samples.tokens(
      text,
      words: [
        "这", "部", "电影", "开头", "很", "无聊", "，", "但是", "演员", "的", "表演", "非常", "精彩", "，", "音乐",
        "也", "非常", "好听", "，", "我", "和", "朋友们", "都", "很", "喜欢", "。",
      ], kind: "ideograph")
    let shapley = Samples.shapley(
      occurrences(
        tokens,
        [
          0.001, 0.0002, -0.0033, 0.0061, -0.0612, -0.2831, 0.1042, 0.0081, 0.0003, 0.0124, 0.0841,
          0.2612,
          0.0071, 0.0052, 0.0312, 0.1331, 0.0002, 0, 0.0021, 0.0033, 0.0212, 0.1621,
        ], errors: Array(repeating: 0.0042, count: 22)),
      label: "正面", index: 1, base: 0.4444, estimator: "kernel", evaluations: 4096, converged: true)
    let lime = Samples.lime(
      types(
        tokens,
        [
          0.001, 0.0002, -0.0033, 0.0061, -0.0412, -0.2531, 0.0942, 0.0081, 0.0003, 0.0124, 0.1041,
          0.2312, 0.0071,
          0.0052, 0.1131, 0.0002, 0, 0.0021, 0.0033, 0.1421,
        ]),
      label: "正面", index: 1, base: 0.4444, value: shapley.value, intercept: 0.4612,
      fidelity: 0.8812,
      evaluations: 4996)
    return document(
      text, tokens, labels: ["负面", "正面"], scores: [1 - shapley.value, shapley.value],
      [shapley, lime], tau: 0.7712)
  }()

  static let thaiEmoji: ExplanationDocument = {
    let text = "หนังเรื่องนี้สนุกมาก 😍👨‍👩‍👧 แต่ตอนจบน่าเบื่อ 👎🏽 ❤️ 1️⃣ 🇹🇭"
    let tokens = Samples.tokens(
      text,
      [
        ("หนัง", "word"), ("เรื่อง", "word"), ("นี้", "word"), ("สนุก", "word"), ("มาก", "word"),
        ("😍", "emoji"), ("👨‍👩‍👧", "emoji"), ("แต่", "word"), ("ตอน", "word"), ("จบ", "word"),
        ("น่าเบื่อ", "word"), ("👎🏽", "emoji"), ("❤️", "emoji"), ("1️⃣", "emoji"), ("🇹🇭", "emoji"),
      ])
    let shapley = Samples.shapley(
      occurrences(
        tokens,
        [
          0.01, 0, 0, 0.8123, 0.3121, 1.2314, 0.0312, -0.2123, 0, -0.0123, -0.9312, -0.6123, 0.7712,
          0, 0.0412,
        ]),
      label: "บวก", index: 0, space: "logit", base: -0.1123, evaluations: 32768)
    return document(
      text, tokens, labels: ["บวก", "ลบ"], scores: [0.7874, 0.2126], [shapley])
  }()

  /// Escape sequences, a bidirectional override, NUL, tabs and both kinds of line break.
  static let controls: ExplanationDocument = {
    let text =
      "good\tfilm\u{1B}[31m red\u{1B}]0;title\u{7} \u{0}nul \u{202E}evil\u{202C}\r\nsecond line: bad\u{9B}1m end\n\nun\u{AD}der a flag 🏴\u{E0067}\u{E007F} tags a\u{E0041}"
    let tokens = Samples.tokens(
      text,
      [
        ("good", "word"), ("film", "word"), ("red", "word"), ("title", "word"), ("nul", "word"),
        ("evil\u{202C}", "word"), ("second", "word"), ("line", "word"), (":", "punctuation"),
        ("bad\u{9B}1m", "word"),
        ("end", "word"), ("un\u{AD}der", "word"), ("flag", "word"), ("tags", "word"),
        ("a\u{E0041}", "word"),
      ])
    let shapley = Samples.shapley(
      occurrences(tokens, [0.31, 0.02, 0, 0, 0, -0.2, 0, 0, -0.25, 0.01, 0.001, 0, 0, 0]),
      label: "posi\u{1B}[1mtive", index: 0, base: 0.5, evaluations: 16384)
    return document(
      text, tokens, labels: ["posi\u{1B}[1mtive", "neg\native"], scores: [0.391, 0.609], [shapley],
      plugin: PluginIdentity(
        id: "x", name: "bad\u{1B}c", version: "1\u{7}", file: "x.so", sha256: sentiment.sha256))
  }()

  static let noPlayers: ExplanationDocument = {
    let text = "?!… ---"
    let tokens = Samples.tokens(text, words: ["?!…", "---"])
    let nothing = Diagnostic(
      code: .noPlayers, message: "the text has no words that could be switched off",
      help: "use --tokens all to explain the punctuation")
    return document(
      text, tokens, labels: ["negative", "positive"], scores: [0.5, 0.5],
      [
        shapley([], label: "positive", index: 1, base: 0.5, evaluations: 1, diagnostics: [nothing]),
        lime(
          [], label: "positive", index: 1, base: 0.5, value: 0.5, intercept: 0.5, fidelity: 1,
          evaluations: 1, diagnostics: [nothing]),
      ])
  }()

  static let allLabels: ExplanationDocument = {
    let text = "The parliament voted on the new stadium."
    let tokens = Samples.tokens(
      text, words: ["The", "parliament", "voted", "on", "the", "new", "stadium", "."])
    let values: [(String, Double, [Double])] = [
      ("politics", 0.3011, [0.0011, 0.3212, 0.2011, 0.0002, 0.0004, -0.0021, -0.1412]),
      ("sports", 0.3312, [-0.0013, -0.1511, -0.1202, 0.0001, 0.0003, 0.0011, 0.2112]),
      ("economy", 0.3677, [0.0002, -0.1701, -0.0809, -0.0003, -0.0007, 0.001, -0.07]),
    ]
    let explanations = values.enumerated().flatMap { index, value in
      let (label, base, phi) = value
      let shapley = Samples.shapley(
        occurrences(tokens, phi), label: label, index: index, base: base, evaluations: 128)
      let lime = Samples.lime(
        types(tokens, phi.map { $0 * 0.9 }), label: label, index: index, base: base,
        value: shapley.value, intercept: base + 0.011, fidelity: 0.931, evaluations: 128)
      return [shapley, lime]
    }
    return document(
      text, tokens, labels: values.map(\.0), scores: [0.6818, 0.2713, 0.0469], explanations)
  }()

  static let limeOnly: ExplanationDocument = {
    let text = "the cat and the dog and the bird"
    let tokens = Samples.tokens(
      text, words: ["the", "cat", "and", "the", "dog", "and", "the", "bird"])
    let poor = Diagnostic(
      code: .lowFidelity,
      message: "the surrogate explains 41 % of the model's values around the text",
      help: "trust Shapley values here, or try --space logit")
    return document(
      text, tokens, labels: ["animals", "plants"], scores: [0.9312, 0.0688],
      [
        lime(
          types(tokens, [0.0012, 0.1811, -0.0312, 0.1913, 0.0881]), label: "animals", index: 0,
          base: 0.5, value: 0.9312, intercept: 0.4611, fidelity: 0.4133, evaluations: 31,
          diagnostics: [poor])
      ])
  }()

  /// Sampled values with uneven errors, in raw space, on one output, with a seed of 64 bits.
  static let standardErrors: ExplanationDocument = {
    let text =
      "Sturdy, light and cheap; the zipper broke after two weeks, http://example.com/a/very/long/path/to/a/review?id=12345678901234567890 though."
    let tokens = Samples.tokens(
      text,
      words: [
        "Sturdy", ",", "light", "and", "cheap", ";", "the", "zipper", "broke", "after", "two",
        "weeks", ",",
        "http", "://", "example.com", "/", "a", "/", "very", "/", "long", "/", "path", "/", "to",
        "/", "a", "/",
        "review", "?", "id", "=", "12345678901234567890", "though", ".",
      ])
    let late = Diagnostic(
      code: .notConverged, message: "the largest standard error is 9 % of the range of the values",
      help: "raise --budget to about 20000")
    let shapley = Samples.shapley(
      occurrences(
        tokens,
        [0.9312, 0.4112, 0.0021, 0.3312, -0.0112, -0.7413, -1.9314, -0.1, 0.0113, -0.0711],
        errors: [0.0712, 0.0514, 0.0213, 0.0412, 0.0211, 0.1012, 0.2513, 0.0312, 0, 0.0123]),
      label: "stars", index: 0, space: "raw", base: 3.9091, estimator: "permutation",
      evaluations: 2048, budget: 2048, seed: 18_446_744_073_709_551_615, converged: false,
      diagnostics: [late])
    return document(
      text, tokens, labels: ["stars"], scores: [shapley.value], outputKind: "regression",
      [
        shapley
      ],
      timings: Timings(
        segmentationSeconds: 0.00012, modelSeconds: 0.25, estimatorSeconds: 1e-05,
        totalSeconds: 0.2513))
  }()

  /// As many labels as fastText's language identification has.
  static let languages: ExplanationDocument = {
    let text = "Das ist nicht gut"
    let tokens = Samples.tokens(text, words: ["Das", "ist", "nicht", "gut"])
    let labels = (0..<176).map { "lang\($0)" }
    var scores = (0..<176).map { 0.0004 / Double($0 + 1) }
    scores[21] = 0.9712
    scores[3] = 0.0211
    return document(
      text, tokens, labels: labels, scores: scores,
      [
        shapley(
          occurrences(tokens, [0.21, 0.31, 0.25, 0.19]), label: "lang21", index: 21, base: 0.0112,
          evaluations: 16)
      ])
  }()

  static let sentences: ExplanationDocument = {
    let text =
      "The room was spotless and the staff could not have been friendlier.\nBreakfast, on the other hand, was cold on both mornings. We would come back!"
    let tokens = Samples.tokens(
      text,
      [
        ("The room was spotless and the staff could not have been friendlier.", "segment"),
        ("Breakfast, on the other hand, was cold on both mornings.", "segment"),
        ("We would come back!", "segment"),
      ])
    return document(
      text, tokens, labels: ["negative", "positive"], scores: [0.2188, 0.7812],
      [
        shapley(
          occurrences(tokens, [0.2811, -0.1712, 0.1611]), label: "positive", index: 1, base: 0.5102,
          evaluations: 8)
      ])
  }()
}
