/// A struct of ours as the plugin sees it, with any size claimed for it.
///
/// Invariant: the memory is 64 bytes longer than the struct, and all of it outside the claimed size is filled with
/// a pattern that makes a crash of any pointer and nonsense of any number.
final class ForeignMemory<Layout> {
  let pointer: UnsafeMutablePointer<Layout>
  private let memory: UnsafeMutableRawBufferPointer

  /// The struct's true size.
  static var size: Int { MemoryLayout<Layout>.size }

  init(_ value: Layout, size: Int = ForeignMemory.size) {
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: Self.size + 64, alignment: MemoryLayout<Layout>.alignment)
    let memory = UnsafeMutableRawBufferPointer(start: start, count: Self.size + 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0xa5)
    withUnsafeBytes(of: value) { bytes in
      memory.copyBytes(from: bytes.prefix(min(size, Self.size)))
    }
    memory.storeBytes(of: UInt32(size), as: UInt32.self)
    self.memory = memory
    pointer = start.bindMemory(to: Layout.self, capacity: 1)
  }

  deinit { memory.deallocate() }

  /// Whether nobody wrote behind the claimed size.
  var surroundingsAreIntact: Bool {
    let size = Int(memory.load(as: UInt32.self))
    return memory[min(size, Self.size)...].allSatisfy { $0 == 0xa5 }
  }
}
