import ExplanationModel

/// What pairs of players do together: `not ⨯ good  −0.31`, a line a pair.
struct InteractionLines {
  private let interactions: [Interaction]

  init(_ group: LabelExplanations) {
    interactions = group.all.lazy.compactMap { $0.shapley?.interactions }.first ?? []
  }

  func lines(width: Int) -> [[Glyph]] {
    guard !interactions.isEmpty else { return [] }
    let format = NumberFormat(
      scale: interactions.reduce(0) { max($0, $1.value.magnitude) })
    let names = interactions.map { interaction in
      let texts = interaction.texts.map { [Glyph]($0).isolated }
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
