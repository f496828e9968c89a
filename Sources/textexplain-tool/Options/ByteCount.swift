import ArgumentParser

/// A number of bytes, as people write it: `536870912`, `512M` or `512MiB`.
struct ByteCount: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    let power: Int
    switch argument[digits.endIndex...] {
    case "": power = 0
    case "K", "KiB": power = 10
    case "M", "MiB": power = 20
    case "G", "GiB": power = 30
    case "T", "TiB": power = 40
    default: return nil
    }
    guard let number = Int(digits) else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << power)
    if overflow { return nil }
    self.bytes = bytes
  }
}
