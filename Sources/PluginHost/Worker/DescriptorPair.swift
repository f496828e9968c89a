import CProcess
import Glibc

/// Two connected descriptors, with numbers so high that none is overwritten while a child's are put in place.
package struct DescriptorPair: ~Copyable {
  package let first: FileDescriptor
  package let second: FileDescriptor

  /// Higher than all that a child gets.
  static let lowestNumber: Int32 = 20

  /// A pipe: the first is for reading, the second for writing.
  ///
  /// - Throws: ``PluginError`` with code `workerUnavailable`.
  package static func pipe() throws(PluginError) -> DescriptorPair { try Self(cprocess_pipe) }

  /// A pair of stream sockets.
  ///
  /// - Throws: ``PluginError`` with code `workerUnavailable`.
  static func sockets() throws(PluginError) -> DescriptorPair { try Self(cprocess_socket_pair) }

  private init(_ make: (UnsafeMutablePointer<Int32>?) -> Int32) throws(PluginError) {
    var ends: [Int32] = [-1, -1]
    guard make(&ends) == 0 else { throw Self.failure }
    let numbers = ends.map { cprocess_duplicate($0, Self.lowestNumber) }
    if numbers.contains(-1) {
      let failure = Self.failure
      for end in ends + numbers where end >= 0 { close(end) }
      throw failure
    }
    for end in ends { close(end) }
    first = FileDescriptor(owning: numbers[0])
    second = FileDescriptor(owning: numbers[1])
  }

  package consuming func takeFirst() -> FileDescriptor { first }
  package consuming func takeSecond() -> FileDescriptor { second }

  private static var failure: PluginError {
    PluginError(
      .workerUnavailable, "no process can be started: \(SystemError.last)",
      help: "this process may have too many files open")
  }
}
