/// A struct that the plugin allocated: it begins with its size, and only fields inside that size are there.
///
/// Invariant: memory is only ever read field by field, never as a whole `Layout`, which may be larger than what
/// the plugin was compiled with (rule R1 of the header; `TX_HAS` in Swift).
package struct ForeignStruct<Layout> {
  package let pointer: UnsafePointer<Layout>

  package init(_ pointer: UnsafePointer<Layout>) { self.pointer = pointer }

  /// What the plugin says the struct's size is, in bytes.
  package var size: Int { Int(UnsafeRawPointer(pointer).load(as: UInt32.self)) }

  /// Whether the plugin's struct has a field.
  package func has<Field>(_ field: KeyPath<Layout, Field>) -> Bool {
    address(of: field) != nil
  }

  /// The value of a field, or nil where the plugin's struct ends before it.
  package subscript<Field>(_ field: KeyPath<Layout, Field>) -> Field? {
    address(of: field)?.load(as: Field.self)
  }

  /// The value of a pointer field; null and missing are the same.
  package subscript<Field>(_ field: KeyPath<Layout, Field?>) -> Field? {
    address(of: field)?.load(as: Field?.self)
  }

  private func address<Field>(of field: KeyPath<Layout, Field>) -> UnsafeRawPointer? {
    guard let offset = MemoryLayout<Layout>.offset(of: field),
      size >= offset + MemoryLayout<Field>.size
    else { return nil }
    return UnsafeRawPointer(pointer) + offset
  }
}
