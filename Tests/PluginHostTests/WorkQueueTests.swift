import PluginHost
import Testing

@Suite("WorkQueue")
struct WorkQueueTests {
  /// Hands out everything, has calls fail as told, and gives the parts in order with what became of the rows.
  private func play(
    rows: Int, size: Int, anyCut: Bool, fails: (WorkQueue.Part, _ earlier: [WorkQueue.Part]) -> Bool
  ) -> (parts: [WorkQueue.Part], scored: [Int: Range<Int>], lost: Set<Int>) {
    var queue = WorkQueue(rows: rows, allowsAnyCut: anyCut)
    var parts: [WorkQueue.Part] = []
    var scored: [Int: Range<Int>] = [:]
    var lost: Set<Int> = []
    while let part = queue.take(atMost: size) {
      if fails(part, parts) {
        lost.formUnion(queue.fail(part) ?? 0..<0)
      } else {
        queue.succeed(part)
        if part.purpose != .trial {
          for row in part.rows {
            #expect(scored.updateValue(part.rows, forKey: row) == nil, "row \(row) twice")
          }
        }
      }
      parts.append(part)
      if parts.count > 10_000 { break }
    }
    #expect(queue.isEmpty)
    #expect(Set(scored.keys).union(lost) == Set(0..<rows))
    #expect(lost.isDisjoint(with: scored.keys))
    return (parts, scored, lost)
  }

  @Test("rows are handed out once, from first to last", arguments: [true, false])
  func plain(anyCut: Bool) {
    let (parts, _, lost) = play(rows: 70, size: 32, anyCut: anyCut) { _, _ in false }
    #expect(parts.map(\.rows) == [0..<32, 32..<64, 64..<70])
    #expect(lost.isEmpty)
  }

  @Test("exactly the rows that fail alone are lost", arguments: [true, false])
  func culprits(anyCut: Bool) {
    let bad: Set = [0, 33, 34, 63, 69]
    let (_, scored, lost) = play(rows: 70, size: 32, anyCut: anyCut) { part, _ in
      part.rows.contains { bad.contains($0) }
    }
    #expect(lost == bad)
    // What is left of a call is scored in as large parts as there are between the culprits.
    if !anyCut {
      #expect(scored[1] == 1..<32)
      #expect(scored[32] == 32..<33)
      #expect(scored[40] == 35..<63)
      #expect(scored[64] == 64..<69)
    }
  }

  @Test("a call that fails once is made once more as it was, where company matters")
  func secondChance() {
    let (parts, scored, lost) = play(rows: 64, size: 32, anyCut: false) { part, earlier in
      part == earlier.first ?? part
    }
    #expect(lost.isEmpty)
    #expect(scored[0] == 0..<32 && scored[31] == 0..<32 && scored[32] == 32..<64)
    #expect(parts.filter { $0.purpose == .trial }.map(\.rows) == [0..<16, 16..<32])
    #expect(parts.filter { $0.purpose == .secondChance }.map(\.rows) == [0..<32])
  }

  @Test("a call that fails again as a whole is lost as a whole, and not tried for ever")
  func wholeFails() {
    let (parts, _, lost) = play(rows: 40, size: 32, anyCut: false) { part, _ in
      part.rows.count == 32
    }
    #expect(lost == Set(0..<32))
    #expect(parts.count { $0.rows == 0..<32 } == 2)
  }

  @Test("halves are scored where company does not matter")
  func halves() {
    let (parts, scored, _) = play(rows: 32, size: 32, anyCut: true) { part, _ in
      part.rows.count == 32
    }
    #expect(parts.map(\.purpose) == [.scores, .suspectScores, .suspectScores])
    #expect(scored[0] == 0..<16)
  }

  @Test(
    "after the first loss that matters nothing behind it is handed out", arguments: [true, false])
  func drop(anyCut: Bool) {
    var queue = WorkQueue(rows: 100, allowsAnyCut: anyCut)
    var handedOut: [Int] = []
    while let part = queue.take(atMost: 32) {
      if part.rows.contains(5) {
        guard let lost = queue.fail(part) else { continue }
        queue.drop(after: lost.lowerBound)
      } else {
        queue.succeed(part)
      }
      handedOut += part.rows
    }
    #expect(queue.isEmpty)
    #expect(handedOut.allSatisfy { $0 <= 5 })
  }
}
