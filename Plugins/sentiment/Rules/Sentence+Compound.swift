extension Sentence {
  /// The compound score of the sentence, -1 (most negative) to 1; 0 without words.
  ///
  /// Valences are summed from left to right, emphasis moves the sum away from zero, and the sum is
  /// mapped into the range by *s* / √(*s*² + 15) (Hutto & Gilbert 2014).
  ///
  /// Complexity: O(*n*), with a contrast O(*n* log *n*).
  mutating func compound() -> Double {
    guard count > 0 else { return 0 }
    words[count] = .after
    words[count + 1] = .after
    let rules = ValenceRules(
      words: UnsafePointer(words), emphasis: capitals > 0 && capitals < count)
    var found = 0
    var contrast: Int?
    for i in 0..<count {
      if words[i].roles.contains(.lexical) {
        if words[i].name == .kind && words[i + 1].name == .of { continue }
        let value = rules.valence(at: i)
        if value != 0 {
          valences[found] = Valence(position: i, value: value)
          found += 1
        }
      } else if words[i].name == .but && contrast == nil {
        contrast = i
      }
    }
    if let contrast {
      Contrast.apply(UnsafeMutableBufferPointer(start: valences, count: found), at: contrast)
    }
    var sum = 0.0
    for i in 0..<found { sum += valences[i].value }
    if sum > 0 { sum += emphasis } else if sum < 0 { sum -= emphasis }
    return min(1, max(-1, sum / (sum * sum + 15).squareRoot()))
  }

  /// What up to four exclamation marks, and two or more question marks, add.
  private var emphasis: Double {
    let exclamation = Double(min(exclamations, 4)) * 0.292
    let question = questions < 2 ? 0 : questions > 3 ? 0.96 : Double(questions) * 0.18
    return exclamation + question
  }
}
