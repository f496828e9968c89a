import CTextExplain
import Glibc

/// Texts laid out for a plugin.
///
/// Invariant: the records point into memory that lives as long as this object.
final class TextTable {
  let records: [tx_text]
  private let pages: [UnsafeMutableRawBufferPointer]
  private let arena: UnsafeMutablePointer<CChar>

  /// Lays texts out.
  ///
  /// - Parameter isGuarded: each text gets read-only pages of its own, and a page that nobody may read begins
  ///   right behind its last byte.
  init(_ texts: [[UInt8]], isGuarded: Bool = false) {
    let arena = UnsafeMutablePointer<CChar>.allocate(
      capacity: isGuarded ? 1 : texts.reduce(1) { $0 + $1.count })
    var pages: [UnsafeMutableRawBufferPointer] = []
    var offset = 0
    records = texts.map { text in
      let start: UnsafeMutableRawPointer
      if isGuarded, let page = Self.guardedPages(text) {
        pages.append(page.whole)
        start = page.start
      } else {
        start = UnsafeMutableRawPointer(arena + offset)
        start.copyMemory(from: text, byteCount: text.count)
        offset += text.count
      }
      return tx_text(data: start.assumingMemoryBound(to: CChar.self), len: text.count)
    }
    self.pages = pages
    self.arena = arena
  }

  deinit {
    for page in pages { munmap(page.baseAddress, page.count) }
    arena.deallocate()
  }

  /// Marks the end of the use of the records.
  func keepAlive() { withExtendedLifetime(self) {} }

  private static func guardedPages(
    _ text: [UInt8]
  ) -> (whole: UnsafeMutableRawBufferPointer, start: UnsafeMutableRawPointer)? {
    let page = sysconf(Int32(_SC_PAGESIZE))
    let readable = max(1, (text.count + page - 1) / page) * page
    guard
      let memory = mmap(
        nil, readable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { return nil }
    let start = memory + readable - text.count
    start.copyMemory(from: text, byteCount: text.count)
    mprotect(memory, readable, PROT_READ)
    mprotect(memory + readable, page, PROT_NONE)
    return (UnsafeMutableRawBufferPointer(start: memory, count: readable + page), start)
  }
}
