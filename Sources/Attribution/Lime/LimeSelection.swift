/// How LIME chooses the players that its local surrogate may use.
public enum LimeSelection: String, Sendable, Equatable, CaseIterable {
  /// Forward selection for up to six players, the largest coefficients for more.
  case auto
  /// Every player is used.
  case none
  /// Greedy: again and again the player that raises the weighted R² most.
  case forward
  /// The players with the largest absolute coefficients in a ridge regression on all of them.
  case highest
  /// The players of the last step of the lasso's path that has no more of them than asked for.
  case lasso
}
