import CTextExplain

/// The one symbol of the plugin ABI; any host of major version 1 is served.
@c(textexplain_plugin_v1)
public func sentimentPlugin(_ hostMinor: UInt32) -> UnsafePointer<tx_library>? {
  StaticTables.library
}
