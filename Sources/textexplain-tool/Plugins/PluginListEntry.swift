import Conformance
import PluginHost
import Rendering

/// One line of `plugin list`.
struct PluginListEntry {
  let path: String
  /// What the plugin says of itself, or why it cannot be used.
  let outcome: Result<Inspection, InspectionFailure>

  /// Opens a file; nil where it is a library, but no plugin.
  init?(path: String, workingDirectory: String, bounds: BoundOptions) {
    self.path = path
    do {
      let file = try bounds.check(path)
      if !Inspection.hasEntry(path) { return nil }
      outcome = .success(
        try Inspection.of(
          file.path, options: [], workingDirectory: workingDirectory, bounds: bounds.inspection))
    } catch let failure as InspectionFailure {
      outcome = .failure(failure)
    } catch let error as PluginError {
      outcome = .failure(InspectionFailure(reason: error.message))
    } catch {
      outcome = .failure(InspectionFailure(reason: "\(error)"))
    }
  }

  var json: JSONValue {
    switch outcome {
    case .success(let inspection):
      .object([
        "file": .string(path), "name": .string(inspection["name"] ?? ""),
        "id": .string(inspection["id"] ?? ""), "version": .string(inspection["version"] ?? ""),
        "labels": inspection.isOpen
          ? .array(inspection.all("label").map { .string($0) }) : nil,
        "notOpened": inspection["not-opened"].map { .string($0) },
      ])
    case .failure(let failure):
      .object(["file": .string(path), "error": .string(failure.reason)])
    }
  }

  /// What is to be said of plugins that go by one id, in the order of the list.
  static func sharedIDs(_ entries: [PluginListEntry]) -> [String] {
    var first: [String: String] = [:]
    return entries.compactMap { entry in
      guard case .success(let inspection) = entry.outcome, let id = inspection["id"] else {
        return nil
      }
      if let other = first[id] {
        return
          "\"\(other)\" and \"\(entry.path)\" have one id, \"\(id)\": results do not tell them apart"
      }
      first[id] = entry.path
      return nil
    }
  }

  /// The names, versions, ids, labels and files; then the bad ones.
  static func table(_ entries: [PluginListEntry]) -> String {
    var rows: [[String]] = []
    var bad: [String] = []
    for entry in entries {
      switch entry.outcome {
      case .success(let inspection):
        let labels = inspection.all("label")
        let shown =
          labels.isEmpty
          ? "(needs options)"
          : labels.prefix(4).joined(separator: ", ") + (labels.count > 4 ? ", …" : "")
        rows.append(
          [
            inspection["name"] ?? "", inspection["version"] ?? "", inspection["id"] ?? "", shown,
            entry.path,
          ].map { visible($0) })
      case .failure(let failure):
        bad.append("\(visible(entry.path)): \(visible(failure.reason))")
      }
    }
    if rows.isEmpty && bad.isEmpty { return "no plugins; plugin which NAME shows the folders\n" }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      row.enumerated().map { column, cell in
        column < 4 ? cell + String(repeating: " ", count: widths[column] - cell.count) : cell
      }.joined(separator: "  ")
    }
    if !bad.isEmpty { lines += ["cannot be used:"] + bad.map { "  " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }
}
