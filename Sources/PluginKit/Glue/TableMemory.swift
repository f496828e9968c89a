import CTextExplain

/// Memory for tables that the host reads, freed together.
///
/// Everything behind the pointers it gives is initialised, is written to by nobody, and lives as long as
/// this object.
final class TableMemory {
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit { for block in blocks { block.deallocate() } }

  /// A table of the contract: zero but for its size and what `fill` sets.
  func table<Table: BitwiseCopyable>(
    _ zero: Table, size: WritableKeyPath<Table, UInt32>, _ fill: (inout Table) -> Void
  ) -> UnsafePointer<Table> {
    var table = zero
    table[keyPath: size] = UInt32(MemoryLayout<Table>.size)
    fill(&table)
    return list([table])
  }

  /// Values one behind the other.
  func list<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    for (i, element) in elements.enumerated() { (memory + i).initialize(to: element) }
    blocks.append(UnsafeMutableRawPointer(memory))
    return UnsafePointer(memory)
  }

  /// A string with its NUL.
  func string(_ string: String?) -> UnsafePointer<CChar>? {
    string.map { list(Array($0.utf8CString)) }
  }

  /// Strings, NULL behind the last.
  func strings(_ strings: [String]) -> UnsafePointer<UnsafePointer<CChar>?> {
    list(strings.map { string($0) } + [nil])
  }
}
