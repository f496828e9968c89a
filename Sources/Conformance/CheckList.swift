extension Check {
  /// All checks, in the order of their numbers.
  package static let all: [Check] = [
    elfShape, exportsOnlyEntry, noUndefined, loadsNowLocal, loadIsQuiet, entryIdempotent,
    entryMinorRange, sizes, unknownExtension, extensionStable, createDestroy, optionsErrors,
    missingModel, infoValid, errorBuffer, growthBothWays, finite, rowSums, stridePadding,
    inputsUnchanged, determinism, batchInvariance, noHistory, limitsHonoured, empty,
    whitespaceAndControls, embeddedNul, unicode, invalidUTF8, huge, truncationReported, cancel,
    deadline, quiet, leaks, threadsDeclared, failingHost, noThrow, sandboxed, tokensTile,
    maskedEqualsText, maskedOrder, linearAddsUp, seed,
  ]
}
