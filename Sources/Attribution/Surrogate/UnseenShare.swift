/// What the share of cases of a kind that was not seen in *m* of them may be, as a standard error.
///
/// The root mean square of the share by Laplace's rule of succession, √(2 / ((*m* + 2)(*m* + 3))): the share is then Beta(1,
/// *m* + 1), and 1.96 of these hold it with a probability of 94 %.
func unseenShare(of count: Int) -> Double {
  (2 / (Double(count + 2) * Double(count + 3))).squareRoot()
}
