import Classification

/// A value that travels between host and worker.
package protocol WireValue {
  func write(to frame: inout FrameWriter)
  init(from frame: inout FrameReader) throws(WireFault)
}

/// A frame that does not say what it should.
package struct WireFault: Error, Equatable {
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

extension Int: WireValue {
  package func write(to frame: inout FrameWriter) { frame.putRaw(CollectionOfOne(self)) }
  package init(from frame: inout FrameReader) throws(WireFault) { self = try frame.raw(1)[0] }
}

extension UInt64: WireValue {
  package func write(to frame: inout FrameWriter) { frame.putRaw(CollectionOfOne(self)) }
  package init(from frame: inout FrameReader) throws(WireFault) { self = try frame.raw(1)[0] }
}

extension UInt32: WireValue {
  package func write(to frame: inout FrameWriter) { Int(self).write(to: &frame) }
  package init(from frame: inout FrameReader) throws(WireFault) {
    guard let value = UInt32(exactly: try Int(from: &frame)) else {
      throw WireFault("a number is out of range")
    }
    self = value
  }
}

extension Double: WireValue {
  package func write(to frame: inout FrameWriter) { frame.putRaw(CollectionOfOne(self)) }
  package init(from frame: inout FrameReader) throws(WireFault) { self = try frame.raw(1)[0] }
}

extension Bool: WireValue {
  package func write(to frame: inout FrameWriter) { (self ? 1 : 0).write(to: &frame) }
  package init(from frame: inout FrameReader) throws(WireFault) {
    self = try Int(from: &frame) != 0
  }
}

extension String: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(utf8.count)
    frame.putRaw(Array(utf8))
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    let bytes: [UInt8] = try frame.raw(try frame.get())
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw WireFault("a string is not UTF-8")
    }
    self = text
  }
}

extension Optional: WireValue where Wrapped: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(self != nil)
    if let self { frame.put(self) }
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    self = try Bool(from: &frame) ? try Wrapped(from: &frame) : nil
  }
}

extension Array: WireValue where Element: WireValue {
  package func write(to frame: inout FrameWriter) {
    frame.put(count)
    for element in self { frame.put(element) }
  }

  package init(from frame: inout FrameReader) throws(WireFault) {
    self = []
    let count: Int = try frame.get()
    // No room is made in advance: the count may lie, and each element takes bytes that have to be there.
    guard count >= 0 else { throw WireFault("a count is negative") }
    for _ in 0..<count { append(try Element(from: &frame)) }
  }
}
