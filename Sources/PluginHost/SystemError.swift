import Glibc

/// The reason that the last failed system call left in `errno`.
struct SystemError: CustomStringConvertible {
  let number: Int32

  static var last: SystemError { SystemError(number: errno) }

  /// The C library's sentence for the number, with a lower-case beginning.
  var description: String {
    let text = String(cString: strerror(number))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
