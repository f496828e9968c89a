/// What LIME is asked for; the defaults are those of the Python package `lime` 0.2, with every
/// player kept.
public struct LimeOptions: Sendable, Equatable {
  /// The number of draws *m*, the grand coalition included; at least 2.
  public var samples: Int
  /// The width σ of the proximity kernel, in percent of cosine distance; positive and finite.
  public var kernelWidth: Double
  /// The most players the surrogate may use, at least 1, or `nil` for all; not heeded by `none`.
  public var features: Int?
  /// How those players are chosen.
  public var selection: LimeSelection
  /// The seed of the draws, as numpy's `RandomState` takes it.
  ///
  /// Seeds of more than 32 bits, which numpy refuses, draw as `RandomState([seed % 2**32, seed //
  /// 2**32])`.
  public var seed: UInt64

  /// Makes options; ``Lime/init(_:)`` checks them.
  public init(
    samples: Int = 5000, kernelWidth: Double = 25, features: Int? = nil,
    selection: LimeSelection = .auto, seed: UInt64 = 0
  ) {
    self.samples = samples
    self.kernelWidth = kernelWidth
    self.features = features
    self.selection = selection
    self.seed = seed
  }
}
