/// The plugin header as a later minor version may have it.
public enum GrownHeader {
  /// Appends a field to some structs.
  ///
  /// - Throws: ``TestFailure`` where one is not in the header.
  public static func growing(_ structs: [String], in header: String) throws -> String {
    var text = header
    for name in structs {
      guard let start = text.firstRange(of: "struct \(name) {"),
        let end = text[start.upperBound...].firstRange(of: "\n};")
          ?? text[start.upperBound...].firstRange(of: "\n} \(name);")
      else { throw TestFailure("\(name) is not in the header") }
      let alias = text[start.upperBound...].firstRange(of: "\n} \(name);") ?? end
      let place = min(end.lowerBound, alias.lowerBound)
      text.insert(contentsOf: "\n    double textexplain_later;", at: place)
    }
    return text
  }
}
