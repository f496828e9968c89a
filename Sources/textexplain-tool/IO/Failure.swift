/// Why the program ends other than as asked: what is wrong, what to do about it, and the exit status.
struct Failure: Error {
  /// Exit statuses; the table in the documentation is the contract.
  enum Status: Int32 {
    case checkFailed = 1
    case usage = 64
    case unusableInput = 65
    case pluginUnavailable = 69
    case pluginFailed = 70
    case outputNotWritten = 74
  }

  let status: Status
  /// What kind of error it is, for machines.
  let code: String
  /// What is wrong, in lower case, with the value in quotes.
  let message: String
  /// What else is wrong, told below the message.
  let more: [String]
  let help: String?

  init(_ status: Status, code: String, _ message: String, more: [String] = [], help: String? = nil)
  {
    self.more = more
    self.status = status
    self.code = code
    self.message = message
    self.help = help
  }
}
