import CTextExplain
import Glibc

/// The tables that the host reads.
///
/// Each is made once, when it is first asked for, never changed and never freed, so that any thread
/// may read it until the process ends.
enum StaticTables {
  nonisolated(unsafe) static let library = forever(
    tx_library(
      size: size(of: tx_library.self), abi_minor: TX_ABI_MINOR, classifier_count: 1, reserved: 0,
      classifiers: forever(classifier), refusal: nil))

  nonisolated(unsafe) static let info = forever(
    tx_info(
      size: size(of: tx_info.self), output_kind: Int32(TX_OUT_PROBABILITY), outputs: 2,
      threading: Int32(TX_THREADS_PER_INSTANCE),
      labels: list(text("negative"), text("positive")),
      languages: list(text("en"), nil),
      flags: UInt32(TX_IS_DETERMINISTIC | TX_IS_BATCH_INVARIANT), preferred_batch: 0, max_batch: 0,
      max_text_bytes: UInt32(tx_text.longest), model_id: text("vader-3.3.2"), tolerance: 0,
      typical_cost_us: 0, reserved: 0))

  nonisolated(unsafe) static let masked = forever(
    tx_ext_masked(
      size: size(of: tx_ext_masked.self),
      absent_modes: 1 << UInt32(TX_ABSENT_REMOVE) | 1 << UInt32(TX_ABSENT_REPLACE),
      prepare: { _, call, what, out, error in
        reporting(to: error) { () throws(PluginFailure) in
          guard let out else { throw PluginFailure(TX_E_ARGUMENT, "no room for the prepared text") }
          out.pointee = nil
          _ = try CallLimits(call)
          out.pointee = Handle.retain(try PreparedText(what))
        }
      },
      score: { instance, prepared, call, masks, rows, wordsPerMask, out, error in
        reporting(to: error) { () throws(PluginFailure) in
          guard let instance, let prepared else {
            throw PluginFailure(TX_E_ARGUMENT, "no prepared text")
          }
          try Handle.object(instance, as: SentimentInstance.self).score(
            Handle.object(prepared, as: PreparedText.self), masks: masks, rows: rows,
            wordsPerMask: wordsPerMask, limits: call, into: out)
        }
      },
      release: { _, prepared in Handle.release(prepared) }))

  nonisolated(unsafe) private static let classifier = forever(
    tx_classifier(
      size: size(of: tx_classifier.self), flags: 0, needs: 0, option_count: 0, options: nil,
      id: text("org.textexplain.sentiment"), name: text("sentiment"), version: text("1.0.0"),
      vendor: text("textexplain"), license: text("Apache-2.0 AND MIT"),
      description: text("English sentiment by rules and a lexicon (VADER)"), url: nil,
      create: { _, _, options, count, _, out, error in
        reporting(to: error) { () throws(PluginFailure) in
          guard let out else { throw PluginFailure(TX_E_ARGUMENT, "no room for the instance") }
          out.pointee = nil
          out.pointee = Handle.retain(try SentimentInstance.create(options, count: count))
        }
      },
      destroy: { Handle.release($0) },
      info: { _ in StaticTables.info },
      predict: { instance, call, texts, count, out, error in
        reporting(to: error) { () throws(PluginFailure) in
          guard let instance else { throw PluginFailure(TX_E_ARGUMENT, "no instance") }
          try Handle.object(instance, as: SentimentInstance.self).predict(
            texts, count: count, limits: call, into: out)
        }
      },
      get_extension: { _, id in
        guard let id, strcmp(id, TX_EXT_MASKED) == 0 else { return nil }
        return UnsafeRawPointer(StaticTables.masked)
      }))

  private static func size<T>(of type: T.Type) -> UInt32 { UInt32(MemoryLayout<T>.size) }

  private static func forever<T>(_ value: T) -> UnsafePointer<T> {
    let memory = UnsafeMutablePointer<T>.allocate(capacity: 1)
    memory.initialize(to: value)
    return UnsafePointer(memory)
  }

  /// Two pointers in a row; arrays would make the runtime build their types when the library is
  /// opened.
  private static func list<T>(_ first: T, _ second: T) -> UnsafePointer<T> {
    let memory = UnsafeMutablePointer<T>.allocate(capacity: 2)
    memory.initialize(to: first)
    (memory + 1).initialize(to: second)
    return UnsafePointer(memory)
  }

  /// A literal's own bytes, which end in NUL.
  private static func text(_ literal: StaticString) -> UnsafePointer<CChar>? {
    UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
