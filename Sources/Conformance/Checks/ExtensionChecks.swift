import CTextExplain
import PluginHost

/// Level 1: the lookup of extensions.
extension Check {
  private static let known = [TX_EXT_TOKENS, TX_EXT_MASKED, TX_EXT_LINEAR]

  static let unknownExtension = Check(
    9, "unknown-extension", level: 1,
    "NULL for an unknown id, a known one with more behind it, the next revision and the empty id"
  ) { subject in
    let model = try subject.open()
    guard model.classifier[\.get_extension] != nil else { return .skip("no get_extension") }
    var ids = ["", "org.example.nothing/1", "textexplain.", "textexplain.masked", "/1"]
    for id in known {
      let name = String(id.dropLast())
      ids += [id + "x", id + "0", name + "2", name]
    }
    for id in ids where model.table(id, tx_ext_tokens.self) != nil {
      throw Violation("it answers to the extension \"\(id)\", which it cannot know")
    }
    return .pass
  }

  static let extensionStable = Check(
    10, "extension-stable", level: 1, "100 queries on two threads get the same table"
  ) { subject in
    let model = try subject.open()
    guard let get = model.classifier[\.get_extension] else { return .skip("no get_extension") }
    for id in known {
      let first = get(model.handle, id)
      let query: (Int) throws -> Void = { _ in
        for _ in 0..<100 where get(model.handle, id) != first {
          throw Violation("extension \"\(id)\" has another table when asked again")
        }
      }
      try query(0)
      if let error = onThreads(2, query) { throw error }
    }
    return .pass
  }
}
