import Glibc

/// What the system says of this process.
enum ProcessState {
  /// Resident memory in KiB.
  static var residentKiB: Int {
    let words = read("/proc/self/statm").split(separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) / 1024 : 0
  }

  static var threads: Int { entries("/proc/self/task") }
  static var descriptors: Int { entries("/proc/self/fd") }
  static var mappings: Int { read("/proc/self/maps").split(separator: "\n").count }

  /// Whether this process has started another one, which may have ended since.
  static var hasStartedProcess: Bool {
    var information = siginfo_t()
    // One that nobody has waited for is there still, if only as a zombie.
    if waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) == 0 { return true }
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    return usage.ru_maxrss > 0
  }

  /// How long this thread has been ready to run and was not let, since other work had the processors.
  ///
  /// 0 on kernels that do not count it. Time asleep does not belong to it.
  static var queuedSeconds: Double {
    let fields = read("/proc/thread-self/schedstat").split(separator: " ")
    return fields.count > 1 ? (Double(fields[1]) ?? 0) / 1e9 : 0
  }

  /// Bytes that this process has written to anything so far.
  static var writtenBytes: Int {
    for line in read("/proc/self/io").split(separator: "\n") where line.hasPrefix("wchar: ") {
      return Int(line.dropFirst(7)) ?? 0
    }
    return 0
  }

  /// The addresses of all signal handlers.
  static var signalHandlers: [Int] {
    (1...64).map { number in
      var action = sigaction()
      guard sigaction(Int32(number), nil, &action) == 0 else { return 0 }
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    }
  }

  static var locale: String { setlocale(LC_ALL, nil).map { String(cString: $0) } ?? "" }

  static var workingDirectory: String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }

  private static func entries(_ folder: String) -> Int {
    guard let stream = opendir(folder) else { return 0 }
    defer { closedir(stream) }
    var count = 0
    while readdir(stream) != nil { count += 1 }
    return count
  }

  private static func read(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count <= 0 { return String(decoding: text, as: UTF8.self) }
      text += chunk[..<count]
    }
  }
}
