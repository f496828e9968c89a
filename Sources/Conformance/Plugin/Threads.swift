import Glibc

/// Runs a body on several threads at once and waits for all.
///
/// - Parameter body: gets the thread's number; errors are collected.
/// - Returns: the first error of the lowest-numbered thread that had one.
func onThreads(_ count: Int, _ body: @escaping (Int) throws -> Void) -> (any Error)? {
  var tasks: [ThreadTask] = []
  var threads: [pthread_t] = []
  for number in 0..<count {
    let task = ThreadTask { try body(number) }
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil, runThreadTask, Unmanaged.passRetained(task).toOpaque())
    if started == 0 { threads.append(thread) } else { Unmanaged.passUnretained(task).release() }
    tasks.append(task)
  }
  for thread in threads { pthread_join(thread, nil) }
  if threads.count < count { return Violation("only \(threads.count) threads could be started") }
  return tasks.lazy.compactMap(\.error).first
}

private final class ThreadTask {
  private let body: () throws -> Void
  var error: (any Error)?

  init(_ body: @escaping () throws -> Void) { self.body = body }

  func run() {
    do { try body() } catch { self.error = error }
  }
}

/// A global function: a closure would belong to whatever actor makes it.
private func runThreadTask(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let context { Unmanaged<ThreadTask>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}
