/// The header of an ELF file (System V ABI, chapters 4 and 5), as far as it tells whether the loader can take
/// the file: its message for a wrong machine is unreadable, and a truncated file kills the process by SIGBUS.
struct ElfImage {
  /// Why a file is no loadable shared library, for people.
  struct Fault: Error {
    var message: String
    var help: String?
  }

  /// The value of `e_machine` for this program.
  static let ownMachine: UInt16 = {
    #if arch(x86_64)
      62
    #elseif arch(arm64)
      183
    #elseif arch(riscv64)
      243
    #elseif arch(s390x)
      22
    #elseif arch(powerpc64le)
      21
    #endif
  }()

  /// Checks that a file of `fileSize` bytes is a complete 64-bit shared library for this machine.
  ///
  /// - Parameters:
  ///   - fileSize: the size of the file in bytes.
  ///   - read: gives `count` bytes at an offset, or fewer at the end of the file.
  static func check(
    fileSize: Int, read: (_ offset: Int, _ count: Int) -> [UInt8]
  ) throws(Fault) {
    let header = read(0, 64)
    guard header.starts(with: [0x7f, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")])
    else {
      throw Fault(
        message: fileSize == 0 ? "the file is empty" : "it is no shared library (no ELF file)",
        help: "a plugin is a shared library, as cc -shared makes it")
    }
    guard header.count == 64 else { throw truncated }
    guard header[4] == 2 else {
      throw Fault(message: "it is a 32-bit library, this is a 64-bit program")
    }
    let isLittleEndian = header[5] == 1
    func field(_ bytes: [UInt8], _ offset: Int, _ width: Int) -> UInt64 {
      let slice = bytes[offset..<offset + width]
      return isLittleEndian
        ? slice.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        : slice.reduce(0) { $0 << 8 | UInt64($1) }
    }

    let machine = UInt16(field(header, 18, 2))
    guard machine == ownMachine, isLittleEndian == (1.littleEndian == 1) else {
      throw Fault(
        message: "it is built for \(name(of: machine)), this machine is \(name(of: ownMachine))",
        help: "build the plugin on this machine, or with a cross compiler for it")
    }
    guard field(header, 16, 2) == 3 else {
      let kind = field(header, 16, 2) == 1 ? "an object file" : "no shared library"
      throw Fault(message: "it is \(kind)", help: "link it with cc -shared")
    }

    let tableOffset = field(header, 32, 8)
    let entrySize = Int(field(header, 54, 2))
    let entryCount = Int(field(header, 56, 2))
    guard entrySize >= 56, entryCount > 0, tableOffset <= UInt64(fileSize),
      entrySize * entryCount <= fileSize - Int(tableOffset)
    else { throw truncated }
    let table = read(Int(tableOffset), entrySize * entryCount)
    guard table.count == entrySize * entryCount else { throw truncated }
    for entry in 0..<entryCount where field(table, entry * entrySize, 4) == 1 {
      let offset = field(table, entry * entrySize + 8, 8)
      let size = field(table, entry * entrySize + 32, 8)
      let (end, overflow) = offset.addingReportingOverflow(size)
      guard !overflow, end <= UInt64(fileSize) else { throw truncated }
    }
  }

  private static let truncated = Fault(
    message: "the file is truncated", help: "copy or build it again")

  private static func name(of machine: UInt16) -> String {
    switch machine {
    case 3: "x86 (32 bits)"
    case 8: "mips"
    case 20: "powerpc"
    case 21: "powerpc64"
    case 22: "s390x"
    case 40: "arm (32 bits)"
    case 62: "x86-64"
    case 183: "aarch64"
    case 243: "riscv64"
    case 258: "loongarch64"
    default: "machine type \(machine)"
    }
  }
}
