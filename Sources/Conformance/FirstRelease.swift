/// What the header of version 1.0 fixed for good; today's structs may have grown since.
package enum FirstRelease {
  /// The sizes in bytes of the structs that plugins allocate, on 64-bit machines.
  package static let sizes = [
    "tx_library": 32, "tx_classifier": 120, "tx_option_spec": 40, "tx_info": 72,
    "tx_ext_tokens": 16,
    "tx_ext_masked": 32, "tx_ext_linear": 16,
  ]
}
