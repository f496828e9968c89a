import CTextExplain

extension OptionSpecification {
  /// Reads the options that a classifier declares.
  static func read(
    from classifier: ForeignStruct<tx_classifier>, _ reader: ContractReader
  ) throws(PluginError) -> [OptionSpecification] {
    let count = Int(classifier[\.option_count] ?? 0)
    if count == 0 { return [] }
    let table = try reader.required(classifier[\.options], "the table of options")
    var specifications: [OptionSpecification] = []
    for index in 0..<count {
      let pointer = try reader.required(table[index], "option \(index)")
      let specification = try OptionSpecification(ForeignStruct(pointer), index, reader)
      if specifications.contains(where: { $0.key == specification.key }) {
        throw reader.breach("option \"\(specification.key)\" is declared twice")
      }
      specifications.append(specification)
    }
    return specifications
  }

  private init(
    _ fields: ForeignStruct<tx_option_spec>, _ index: Int, _ reader: ContractReader
  ) throws(PluginError) {
    let key = try reader.requiredString(fields[\.key], "the key of option \(index)")
    if key.utf8.contains(UInt8(ascii: "=")) {
      throw reader.breach("the key \"\(key)\" has an equals sign")
    }
    self.key = key
    documentation = try reader.string(fields[\.doc], "the description of option \"\(key)\"") ?? ""
    // A struct that ends before its default is malformed: null would make the option required.
    guard fields.has(\.default_value) else {
      throw reader.breach("the struct of option \"\(key)\" ends before its default")
    }
    defaultValue = try reader.string(fields[\.default_value], "the default of option \"\(key)\"")
    let type = try reader.required(fields[\.type], "the type of option \"\(key)\"")
    switch Int(type) {
    case TX_OPTION_STRING: kind = .string
    case TX_OPTION_INTEGER: kind = .integer
    case TX_OPTION_NUMBER: kind = .number
    case TX_OPTION_BOOLEAN: kind = .boolean
    case TX_OPTION_FILE: kind = .file
    case TX_OPTION_DIRECTORY: kind = .directory
    case TX_OPTION_CHOICE:
      let table = try reader.required(fields[\.choices], "the choices of option \"\(key)\"")
      var choices: [String] = []
      while let choice = try reader.string(table[choices.count], "a choice of option \"\(key)\"") {
        choices.append(choice)
      }
      if choices.isEmpty { throw reader.breach("option \"\(key)\" has no choices") }
      kind = .choice(choices)
    default: kind = .unknown(type)
    }
  }
}
