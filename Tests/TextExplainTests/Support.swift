import Classification
import ExplanationModel
import TextExplain

/// Explains a text with changed standard options.
func explain(
  _ text: String, with classifier: any Classifier,
  _ change: (inout ExplainerOptions) -> Void = { _ in }
) throws -> ExplanationDocument {
  var options = ExplainerOptions()
  change(&options)
  return try Explainer(classifier: classifier, options: options).explain(Array(text.utf8))
}

/// Shapley values of a function of present pieces, straight from the definition over all orders' subsets.
func bruteForce(_ count: Int, _ value: (Set<Int>) -> Double) -> [Double] {
  var weights = [Double](repeating: 0, count: count)
  for size in 0..<count {
    // size! (count − 1 − size)! / count! as a product, largest factors first.
    var weight = 1 / Double(count)
    for k in 0..<size { weight *= Double(k + 1) / Double(count - 1 - k) }
    weights[size] = weight
  }
  return (0..<count).map { player in
    let others = (0..<count).filter { $0 != player }
    var sum = 0.0
    for bits in 0..<(1 << others.count) {
      let set = Set(others.indices.filter { bits >> $0 & 1 == 1 }.map { others[$0] })
      sum += weights[set.count] * (value(set.union([player])) - value(set))
    }
    return sum
  }
}
