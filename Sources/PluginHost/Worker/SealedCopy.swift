import CProcess
import Glibc

/// A copy of a plugin's file in memory that nobody can change any more: what was hashed is what runs.
///
/// Libraries that the plugin looks for beside itself (`$ORIGIN`) are not found from there.
final class SealedCopy {
  /// Where a worker finds the copy.
  static let path = "/proc/self/fd/\(PluginWorker.Descriptor.sealedCopy)"

  private let memory: FileDescriptor

  /// The copy's descriptor in this process.
  var number: Int32 { memory.number }

  /// Copies a checked file.
  ///
  /// - Throws: ``PluginError`` with code `unsafeFile` where the copy differs from what was checked, `notLoadable`
  ///   where no copy can be made.
  init(of file: PluginFile) throws(PluginError) {
    guard let source = FileDescriptor(reading: file.path) else { throw Self.failure(file) }
    let low = cprocess_memory_file(file.name)
    guard low >= 0 else { throw Self.failure(file) }
    let number = cprocess_duplicate(low, DescriptorPair.lowestNumber)
    let reason = errno
    close(low)
    errno = reason
    guard number >= 0 else { throw Self.failure(file) }
    let memory = FileDescriptor(owning: number)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 1)
    defer { chunk.deallocate() }
    var offset = 0
    while true {
      guard let count = source.read(into: chunk, at: offset) else { throw Self.failure(file) }
      if count == 0 { break }
      guard pwrite(memory.number, chunk.baseAddress, count, offset) == count else {
        throw Self.failure(file)
      }
      offset += count
    }
    guard cprocess_seal(memory.number) == 0 else { throw Self.failure(file) }
    guard try PluginFile.digest(memory, path: file.path) == file.sha256 else {
      throw PluginError(
        .unsafeFile, "plugin file \"\(file.path)\" changed while it was being copied",
        help: "try again when nobody is writing it")
    }
    self.memory = memory
  }

  private static func failure(_ file: PluginFile) -> PluginError {
    PluginError(
      .notLoadable, "plugin file \"\(file.path)\" cannot be copied: \(SystemError.last)")
  }
}
