import Classification

extension Masking.Absent {
  /// The rule of removal that an explanation is compared with: removal where tokens are replaced or masked, a
  /// replacement where they are removed.
  var alternative: Masking.Absent {
    switch self {
    case .replace(let filler) where !filler.isEmpty: .remove
    case .model: .remove
    // An empty replacement is a removal.
    case .replace, .remove: .replace(with: "_")
    }
  }
}
