import CTextExplain
import Classification
import PluginHost

/// The inside of a process that opens a plugin to see what it says of itself.
enum Inspector {
  /// All fields of an ``Inspection``, on one line.
  static func text(_ subject: Subject) throws -> String {
    // Whoever only looks what there is must not run what may be hostile.
    let remark = try SandboxDoors.close(for: subject, allowsNetwork: false)
    let file = try? ElfFile(subject.path)
    let descriptor = try subject.descriptor()
    var fields = [
      (key: "name", value: descriptor.name), ("id", descriptor.id),
      ("version", descriptor.version),
    ]
    func add(_ key: String, _ value: String?) {
      if let value { fields.append((key, value)) }
    }
    add("description", descriptor.summary)
    add("vendor", descriptor.vendor)
    add("license", descriptor.license)
    add("url", descriptor.url)
    let needs = [
      (TX_NEEDS_THREADS, "threads"), (TX_NEEDS_NETWORK, "network"), (TX_NEEDS_GPU, "gpu"),
      (TX_NEEDS_SCRATCH, "scratch"),
    ]
    for (bit, name) in needs where Int(descriptor.needs) & bit != 0 { add("need", name) }
    for option in descriptor.options {
      add("option", option.key)
      let (type, choices) = describe(option.kind)
      add("option \(option.key) type", type)
      add("option \(option.key) default", option.defaultValue)
      add("option \(option.key) doc", option.documentation)
      for choice in choices { add("option \(option.key) choice", choice) }
    }
    if let file {
      for name in file.exports { add("export", name) }
      for name in file.neededLibraries { add("library", name) }
    }
    do {
      let model = try subject.open()
      for (key, value) in try modelFields(model) { add(key, value) }
    } catch let violation as Violation {
      add("not-opened", violation.reason)
    }
    add("sandbox", remark)
    return FieldList.encode(fields)
  }

  private static func describe(
    _ kind: OptionSpecification.Kind
  ) -> (type: String, choices: [String]) {
    switch kind {
    case .string: ("string", [])
    case .integer: ("integer", [])
    case .number: ("number", [])
    case .boolean: ("boolean", [])
    case .choice(let choices): ("choice", choices)
    case .file: ("file", [])
    case .directory: ("directory", [])
    case .unknown: ("unknown", [])
    }
  }

  private static func modelFields(_ model: OpenModel) throws -> [(key: String, value: String)] {
    let info = try model.info()
    let facts = try model.facts()
    var fields: [(key: String, value: String)] = []
    func string(_ pointer: UnsafePointer<CChar>?) -> String? {
      pointer.map { String(cString: $0) }
    }
    fields.append(("output kind", OutputKind(contractNumber: facts.kind)?.rawValue ?? "unknown"))
    if let labels = info[\.labels] {
      for index in 0..<facts.outputs { fields.append(("label", string(labels[index]) ?? "")) }
    }
    if let languages = info[\.languages] {
      var index = 0
      while let tag = string(languages[index]) {
        fields.append(("language", tag))
        index += 1
      }
    }
    let flags = [
      (TX_IS_DETERMINISTIC, "deterministic"), (TX_IS_BATCH_INVARIANT, "batch-invariant"),
      (TX_TRUNCATES, "truncates"), (TX_ABORTS_ON_OOM, "aborts-without-memory"),
    ]
    for (bit, name) in flags where facts.flags & bit != 0 { fields.append(("flag", name)) }
    fields.append(("tolerance", "\(facts.tolerance)"))
    fields.append(
      ("threading", facts.threading == TX_THREADS_CONCURRENT ? "concurrent" : "per instance"))
    let limits = [
      ("largest batch", info[\.max_batch]), ("preferred batch", info[\.preferred_batch]),
      ("longest text", info[\.max_text_bytes]),
    ]
    for (key, limit) in limits {
      if let limit, limit > 0 { fields.append((key, "\(limit)")) }
    }
    if let id = string(info[\.model_id]) { fields.append(("model id", id)) }
    for id in [TX_EXT_TOKENS, TX_EXT_MASKED, TX_EXT_LINEAR]
    where model.table(id, tx_ext_tokens.self) != nil {
      fields.append(("extension", id))
    }
    return fields
  }
}
