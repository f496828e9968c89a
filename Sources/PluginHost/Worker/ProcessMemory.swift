import Glibc

/// The memory of a running process, in bytes.
struct ProcessMemory: Equatable {
  /// Address space, which is what a limit is on.
  let size: Int
  /// What of it lies in the machine's memory.
  let resident: Int

  /// More than this is worth telling where there is no limit.
  private static let much = 1 << 30

  /// What the system says; nil where it says nothing.
  init?(of process: pid_t) {
    guard let file = fopen("/proc/\(process)/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let pages = text.split(separator: " ").prefix(2).compactMap { Int($0) }
    guard pages.count == 2 else { return nil }
    let page = sysconf(Int32(_SC_PAGESIZE))
    size = pages[0] * page
    resident = pages[1] * page
  }

  /// How much it is, where that may be why a call takes long: `1.5 GiB of memory`.
  ///
  /// - Parameter limit: bytes of address space; nil where there is no limit.
  func remark(limit: Int?) -> String? {
    if let limit, size > limit / 5 * 4 {
      return "\(Self.text(size)) of the \(Self.text(limit)) of memory that --memory-limit allows"
    }
    return resident > Self.much ? "\(Self.text(resident)) of memory" : nil
  }

  /// In MiB below one GiB, else in GiB with one decimal.
  private static func text(_ bytes: Int) -> String {
    let mebibytes = bytes >> 20
    if mebibytes < 1024 { return "\(mebibytes) MiB" }
    let tenths = mebibytes * 10 / 1024
    return "\(tenths / 10).\(tenths % 10) GiB"
  }
}
