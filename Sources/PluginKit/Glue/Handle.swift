/// Objects as the host holds them: an opaque pointer that owns one reference.
enum Handle {
  /// The host's pointer; `release` must be called on it once.
  static func retain(_ object: AnyObject) -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(object).toOpaque())
  }

  /// The object behind a pointer made by `retain` and not released yet.
  static func object<Object: AnyObject>(_ handle: OpaquePointer, as: Object.Type) -> Object {
    Unmanaged<Object>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
  }

  static func release(_ handle: OpaquePointer?) {
    guard let handle else { return }
    Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(handle)).release()
  }
}
