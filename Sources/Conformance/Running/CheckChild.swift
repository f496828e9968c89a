import Glibc
import PluginHost

/// The inside of a check's process.
package enum CheckChild {
  /// Asks the question and answers on the pipe that the process inherited.
  package static func main(_ request: CheckRequest) {
    if let bytes = request.bounds.memoryLimit {
      var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }
    var limit = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    // Before the plugin is loaded; a helper of a check dies with the check's group.
    if getpgrp() == getpid() && !LifePipe.arm() { exit(usageError) }
    let pipe = ProgressPipe(ProgressPipe.descriptor)
    _ = fcntl(ProgressPipe.descriptor, F_SETFD, FD_CLOEXEC)
    // For a helper whose check hangs on to it, and is out of the group.
    alarm(UInt32(request.seconds.rounded(.up)) + 2)
    let subject = Subject(request, progress: pipe)
    do {
      if let answer = try HelperProcess.answer(to: request.id, subject) {
        pipe.end("pass", answer)
        return
      }
      guard let check = Check.all.first(where: { $0.id == request.id }) else {
        pipe.end("fail", "there is no check \"\(request.id)\"")
        return
      }
      switch try check.run(subject) {
      case .pass: pipe.end("pass")
      case .warn(let reason): pipe.end("warn", reason)
      case .skip(let reason): pipe.end("skip", reason)
      }
    } catch let violation as Violation {
      pipe.end("fail", violation.reason)
    } catch {
      pipe.end("fail", "\(error)")
    }
  }

  /// It was not this program that started the process.
  private static let usageError: Int32 = 64
}
