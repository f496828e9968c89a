import CTextExplain
import Glibc
import PluginHost

/// Level 1: loading, and the entry function.
extension Check {
  static let loadIsQuiet = Check(
    5, "load-is-quiet", level: 1,
    "loading prints, writes and starts nothing, and leaves signals, locale and folder alone"
  ) { subject in
    // What reading these for the first time costs is not the plugin's.
    _ = (ProcessState.writtenBytes, ProcessState.threads)
    subject.progress.step("dlopen and entry")
    let handlers = ProcessState.signalHandlers
    let (locale, folder) = (ProcessState.locale, ProcessState.workingDirectory)
    let threads = ProcessState.threads
    let written = ProcessState.writtenBytes
    let start = monotonicSeconds()
    var seconds = 0.0
    var writing = 0
    let output = try OutputCapture.during {
      guard let handle = dlopen(subject.path, RTLD_NOW | RTLD_LOCAL | 0x1000) else {
        throw Violation(subject.loaderMessage())
      }
      if let symbol = dlsym(handle, "textexplain_plugin_v\(TX_ABI_MAJOR)") {
        _ = unsafeBitCast(symbol, to: Subject.Entry.self)(TX_ABI_MINOR)
      }
      seconds = monotonicSeconds() - start
      fflush(nil)
      writing = ProcessState.writtenBytes - written
    }
    try require(output.isEmpty, "loading prints \(quoted(output))")
    try require(writing == 0, "loading writes \(writing) bytes to a file or elsewhere")
    let started = ProcessState.threads - threads
    try require(started <= 0, "loading starts \(started) threads")
    try require(!ProcessState.hasStartedProcess, "loading starts a process")
    let now = ProcessState.signalHandlers
    if let changed = now.indices.first(where: { now[$0] != handlers[$0] }) {
      throw Violation("loading installs a handler for signal \(changed + 1)")
    }
    try require(ProcessState.locale == locale, "loading changes the locale")
    try require(ProcessState.workingDirectory == folder, "loading changes the working directory")
    return seconds > 0.1 ? .warn("loading takes \(Int(seconds * 1000)) ms") : .pass
  }

  static let entryIdempotent = Check(
    6, "entry-idempotent", level: 1,
    "1000 calls and 8 threads at once get the same table, and nothing grows"
  ) { subject in
    let entry = try subject.entry()
    subject.progress.step("textexplain_plugin_v1")
    let tables = UnsafeMutablePointer<UnsafePointer<tx_library>?>.allocate(capacity: 8)
    tables.initialize(repeating: nil, count: 8)
    defer { tables.deallocate() }
    if let error = onThreads(8, { tables[$0] = entry(TX_ABI_MINOR) }) { throw error }
    guard let table = tables[0] else { throw Violation("the entry function answers NULL") }
    try require((1..<8).allSatisfy { tables[$0] == table }, "8 threads get different tables")
    for _ in 0..<1000 where entry(TX_ABI_MINOR) != table {
      throw Violation("a later call gets another table")
    }
    let resident = ProcessState.residentKiB
    let end = monotonicSeconds() + 0.3
    var calls = 0
    while calls < 100_000, monotonicSeconds() < end {
      for _ in 0..<100 { _ = entry(TX_ABI_MINOR) }
      calls += 100
    }
    let growth = ProcessState.residentKiB - resident
    try require(growth < 512, "memory grows by \(growth) KiB in \(calls) calls")
    return .pass
  }

  static let entryMinorRange = Check(
    7, "entry-minor-range", level: 1,
    "hosts of minor version 0, now and the highest get a usable table or a refusal"
  ) { subject in
    for minor in [0, TX_ABI_MINOR, .max] {
      let library = try subject.library(hostMinor: minor)
      if let refusal = library[\.refusal] {
        try require(
          strnlen(refusal, 4096) > 0, "its refusal of host minor version \(minor) is empty")
        try require(
          library[\.classifier_count] ?? 0 == 0,
          "it refuses host minor version \(minor) and offers classifiers all the same")
        continue
      }
      let count = Int(library[\.classifier_count] ?? 0)
      guard count > 0, let table = library[\.classifiers] else {
        throw Violation("host minor version \(minor) gets no classifier and no refusal")
      }
      for index in 0..<count {
        guard let classifier = table[index] else { throw Violation("classifier \(index) is NULL") }
        do {
          _ = try PluginDescriptor(reading: classifier, plugin: subject.path)
        } catch let error as PluginError { throw Violation(error.message) }
      }
    }
    return .pass
  }

  static let sizes = Check(
    8, "sizes", level: 1, "every size is at least that of version 1.0"
  ) { subject in
    func check<Layout>(_ fields: ForeignStruct<Layout>, _ name: String) throws {
      guard let least = FirstRelease.sizes[name] else { return }
      try require(fields.size >= least, "\(name) says size \(fields.size); 1.0 has \(least)")
    }
    try check(subject.library(), "tx_library")
    let classifier = try subject.classifier()
    try check(classifier, "tx_classifier")
    for index in 0..<Int(classifier[\.option_count] ?? 0) {
      guard let option = classifier[\.options]?[index] else { break }
      try check(ForeignStruct(option), "tx_option_spec")
    }
    let model = try subject.open()
    try check(model.info(), "tx_info")
    if let table = model.table(TX_EXT_TOKENS, tx_ext_tokens.self) {
      try check(table, "tx_ext_tokens")
    }
    if let table = model.table(TX_EXT_MASKED, tx_ext_masked.self) {
      try check(table, "tx_ext_masked")
    }
    if let table = model.table(TX_EXT_LINEAR, tx_ext_linear.self) {
      try check(table, "tx_ext_linear")
    }
    return .pass
  }
}
