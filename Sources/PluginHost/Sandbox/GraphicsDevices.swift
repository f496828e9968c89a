import Glibc

/// What a graphics processor is reached by.
package enum GraphicsDevices {
  /// The device files, and folders of them, in a folder such as `/dev`, sorted.
  package static func nodes(in folder: String = "/dev") -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var nodes: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(cString: $0)
        }
      }
      if name == "dri" || name == "kfd" || name.hasPrefix("nvidia") {
        nodes.append(folder + "/" + name)
      }
    }
    return nodes.sorted()
  }

  /// Where drivers look for the devices.
  static let descriptions = [
    "/sys/bus/pci/devices", "/sys/class/drm", "/sys/class/kfd", "/sys/devices",
    "/proc/driver/nvidia",
  ]
}
