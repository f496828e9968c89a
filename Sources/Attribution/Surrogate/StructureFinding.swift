/// Shapley values that follow from a structure.
struct StructureFinding {
  let values: [[Double]]
  /// nil where they are exact.
  let standardErrors: [[Double]]?
  let certificate: StructureCertificate
  /// One coalition of each fresh pair; none where all that counts was enumerated.
  let freshPairs: Coalitions
}
