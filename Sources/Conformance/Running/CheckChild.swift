import Glibc

/// The inside of a check's process.
package enum CheckChild {
  /// Asks the question and answers on the pipe that the process inherited.
  package static func main(_ request: CheckRequest) {
    var limit = rlimit(rlim_cur: 4 << 30, rlim_max: 4 << 30)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    limit = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    let pipe = ProgressPipe(ProgressPipe.descriptor)
    _ = fcntl(ProgressPipe.descriptor, F_SETFD, FD_CLOEXEC)
    // Who started this process kills it in time. Should that be killed itself, no orphan goes on for long.
    let check = Check.all.first { $0.id == request.id }
    alarm(UInt32(request.seconds) + 2)
    let subject = Subject(request, progress: pipe)
    do {
      if let answer = try HelperProcess.answer(to: request.id, subject) {
        pipe.end("pass", answer)
        return
      }
      guard let check else {
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
}
