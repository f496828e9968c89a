/// What a link makes first of the linear part ℓ of an odd and the quadratic part q of an even process: ℓ³ and ℓ q, which
/// have Shapley values in closed form.
package struct LinkControls {
  /// φ of each control.
  package let shapleyValues: [[Double]]

  /// - Parameters:
  ///   - linear: w of ℓ = Σᵢ wᵢ zᵢ.
  ///   - pairs: B of q = Σ_{a<b} B_ab z_a z_b, the lower triangle, or nil.
  /// - Complexity: O(*n*²) operations.
  package init(linear: [Double], pairs: SquareMatrix?) {
    // A product of three signs has φᵢ = 2/3 for its members.
    let sum = linear.reduce(0, +)
    let squares = dot(linear, linear)
    var values = [
      linear.map { own in
        let others = sum - own
        // 6 e₃ and, of zᵢ itself, wᵢ³ + 3 wᵢ Σ_{j≠i} wⱼ².
        let pairs = (others * others - (squares - own * own)) / 2
        return 6 * 2 / 3 * own * pairs + 2 * own * (own * own + 3 * (squares - own * own))
      }
    ]
    if let pairs {
      let n = linear.count
      var rows = [Double](repeating: 0, count: n)
      var products = rows
      for first in 0..<n {
        for second in 0..<first {
          rows[first] += pairs[first, second]
          rows[second] += pairs[first, second]
          products[first] += pairs[first, second] * linear[second]
          products[second] += pairs[first, second] * linear[first]
        }
      }
      let total = rows.reduce(0, +) / 2
      values.append(
        (0..<n).map { own in
          let triples =
            linear[own] * (total - rows[own]) + rows[own] * (sum - linear[own]) - products[own]
          return 2 / 3 * triples + 2 * products[own]
        })
    }
    shapleyValues = values
  }

  /// The controls where ℓ and q are as given.
  package static func values(linear: [Double], quadratic: [Double]?) -> [[Double]] {
    [linear.map { $0 * $0 * $0 }] + (quadratic.map { [zip(linear, $0).map { $0 * $1 }] } ?? [])
  }
}
