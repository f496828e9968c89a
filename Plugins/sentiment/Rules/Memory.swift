/// A growing array of plain values without reference counts or bounds checks, for the loops over
/// masks.
///
/// Invariants: `base` points to room for `capacity` elements of which the first `count` are
/// initialised, and nobody else holds it. An index must be below `count`: the callers' own
/// invariants say why it is.
struct Memory<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(1, capacity)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  mutating func append(_ element: Element) {
    reserve(1)
    (base + count).initialize(to: element)
    count += 1
  }

  mutating func append(repeating element: Element, count added: Int) {
    reserve(added)
    (base + count).initialize(repeating: element, count: added)
    count += added
  }

  mutating func append(_ elements: UnsafePointer<Element>, count added: Int) {
    reserve(added)
    (base + count).initialize(from: elements, count: added)
    count += added
  }

  private mutating func reserve(_ added: Int) {
    guard count + added > capacity else { return }
    capacity = max(capacity * 2, count + added)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.initialize(from: base, count: count)
    base.deallocate()
    base = larger
  }
}
