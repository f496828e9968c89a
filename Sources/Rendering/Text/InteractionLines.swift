import ExplanationModel

/// What pairs of players do together: `not ⨯ good  −0.31`, a line a pair.
struct InteractionLines {
  private let interactions: [Interaction]
  private let playerNames: PlayerNames?

  init(_ group: LabelExplanations) {
    let explanation = group.all.first { $0.shapley?.interactions != nil }
    interactions = explanation?.shapley?.interactions ?? []
    playerNames = explanation.map(PlayerNames.init)
  }

  func lines(width: Int) -> [[Glyph]] {
    guard !interactions.isEmpty else { return [] }
    let format = NumberFormat(
      scale: interactions.reduce(0) { max($0, $1.value.magnitude) })
    let names = interactions.map { interaction in
      let texts = zip(interaction.texts, interaction.players).map { text, player in
        ([Glyph](text) + (playerNames?.suffix(of: player) ?? [])).isolated
      }
      return texts.first.map { first in
        texts.dropFirst().reduce(first) { $0 + [Glyph](" ⨯ ") + $1 }
      } ?? []
    }
    let numbers = interactions.map { interaction in
      let error = interaction.standardError.map { " ±" + format.format($0, rounding: .up) } ?? ""
      return format.format(interaction.value, signed: true) + error
    }
    let widest = numbers.reduce(0) { max($0, $1.count) }
    let heading = [Glyph]("together", style: .bold)
    let column = min(
      names.reduce(heading.width) { max($0, $1.width) }, max(1, width - 2 - widest))
    return [heading]
      + zip(names, numbers).map { name, number in
        (name.shortened(to: column).padded(to: column) + .spaces(2) + [Glyph](number))
          .withoutTrailingSpaces
      }
  }
}
