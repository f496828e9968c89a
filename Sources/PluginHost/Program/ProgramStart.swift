import Glibc

/// What this executable does between being started and becoming the user's program: it sees to it that the program
/// ends with its host.
///
/// The reading end of the ``LifePipe`` stays open in the program, for the kernel watches it as long as somebody has it.
public enum ProgramStart {
  /// The hidden subcommand, followed by a path and all words of the command.
  public static let argument = "__program"

  /// Where ``greeting`` goes, and the number of an error behind it; closed by becoming the program.
  static let reportDescriptor: Int32 = 3
  /// No number of an error.
  static let greeting: Int32 = 0

  /// Becomes the program.
  ///
  /// To be called before anything else happens in the process.
  public static func run() -> Never {
    var status = stat()
    guard CommandLine.argc > 3, let path = CommandLine.unsafeArgv[2],
      fstat(reportDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO,
      LifePipe.arm()
    else { _exit(usageError) }
    _ = fcntl(reportDescriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(LifePipe.descriptor, F_SETFD, 0)
    report(greeting)
    execv(path, CommandLine.unsafeArgv + 3)
    report(errno)
    _exit(cannotExecute)
  }

  private static func report(_ number: Int32) {
    var number = number
    _ = write(reportDescriptor, &number, MemoryLayout.size(ofValue: number))
  }

  /// `__program` was not called by this program.
  private static let usageError: Int32 = 64
  /// As shells say it.
  private static let cannotExecute: Int32 = 126
}
