import CTextExplain

extension Instance {
  /// The instance behind the host's pointer.
  static func behind(_ handle: OpaquePointer?) throws -> Instance {
    guard let handle else { throw PluginError(.argument, "no instance") }
    return Handle.object(handle, as: Instance.self)
  }

  static func maskedTable(
    _ classifier: any MaskedScoring, _ memory: TableMemory
  ) -> UnsafePointer<tx_ext_masked> {
    memory.table(tx_ext_masked(), size: \.size) {
      $0.absent_modes = type(of: classifier).absenceModes.rawValue
      $0.prepare = { instance, call, what, out, error in
        reporting(to: error) {
          guard let out else { throw PluginError(.argument, "no room for the prepared text") }
          out.pointee = nil
          out.pointee = try Instance.behind(instance).prepare(what, call: call)
        }
      }
      $0.score = { instance, prepared, call, masks, rows, wordsPerMask, out, error in
        reporting(to: error) {
          guard let prepared else { throw PluginError(.argument, "no prepared text") }
          try Instance.behind(instance).score(
            prepared, masks, rows: rows, wordsPerMask: wordsPerMask, call: call, into: out)
        }
      }
      $0.release = { _, prepared in Handle.release(prepared) }
    }
  }

  static func tokensTable(_ memory: TableMemory) -> UnsafePointer<tx_ext_tokens> {
    memory.table(tx_ext_tokens(), size: \.size) {
      $0.tokenize = { instance, text, sink, error in
        reporting(to: error) { try Instance.behind(instance).tokenize(text, into: sink) }
      }
    }
  }

  static func linearTable(
    isIndependent: Bool, _ memory: TableMemory
  ) -> UnsafePointer<tx_ext_linear> {
    memory.table(tx_ext_linear(), size: \.size) {
      $0.terms_are_independent = isIndependent ? 1 : 0
      $0.terms = { instance, text, output, bias, sink, error in
        reporting(to: error) {
          guard let bias else { throw PluginError(.argument, "no room for the bias") }
          bias.pointee = try Instance.behind(instance).terms(text, output: output, into: sink)
        }
      }
    }
  }
}
