import Dispatch
import Synchronization

/// What `body` makes of the items, in their order, worked out by several threads.
func parallelMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], threads: Int, _ body: @Sendable (Item) throws -> Result
) throws -> [Result] {
  let state = Mutex((next: 0, results: [Result?](repeating: nil, count: items.count)))
  let failure = Mutex<(any Error)?>(nil)
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    while failure.withLock({ $0 == nil }) {
      let index = state.withLock { state in
        defer { state.next += 1 }
        return state.next
      }
      guard index < items.count else { return }
      do {
        let result = try body(items[index])
        state.withLock { $0.results[index] = result }
      } catch {
        failure.withLock { $0 = error }
      }
    }
  }
  if let error = failure.withLock({ $0 }) { throw error }
  return state.withLock { $0.results.compactMap { $0 } }
}
