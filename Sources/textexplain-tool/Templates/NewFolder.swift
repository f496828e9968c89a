import Glibc

/// A folder that is made with all its files or not at all.
struct NewFolder {
  private let path: String
  private var folders: [String] = []
  private var written: [String] = []

  /// Makes the folder and writes the files, each below it.
  static func make(_ path: String, files: [PluginTemplate.File]) throws {
    var folder = NewFolder(path: path)
    do {
      try folder.makeFolder(path)
      for file in files {
        try folder.makeFolders(above: file.path)
        try folder.write(file)
      }
    } catch {
      folder.remove()
      let help =
        error.number == EEXIST
        ? "choose another name, or another folder with --directory"
        : error.writingHelp
          ?? "name a folder that exists and that you may write to with --directory"
      throw Failure(
        .outputNotWritten, code: "output-not-written",
        "cannot make \"\(path)\": \(error.description)", help: help)
    }
  }

  private init(path: String) { self.path = path }

  private mutating func makeFolder(_ folder: String) throws(FileDescriptor.SystemError) {
    guard mkdir(folder, 0o777) == 0 else { throw FileDescriptor.SystemError(number: errno) }
    folders.append(folder)
  }

  private mutating func makeFolders(above file: String) throws(FileDescriptor.SystemError) {
    var folder = path
    for part in file.split(separator: "/").dropLast() {
      folder += "/" + part
      if !folders.contains(folder) { try makeFolder(folder) }
    }
  }

  private mutating func write(_ file: PluginTemplate.File) throws(FileDescriptor.SystemError) {
    let target = path + "/" + file.path
    let descriptor = try FileDescriptor.open(target, O_WRONLY | O_CREAT | O_EXCL)
    written.append(target)
    try descriptor.write(Array(file.text.utf8))
    try descriptor.close()
  }

  private func remove() {
    for file in written { unlink(file) }
    for folder in folders.reversed() { rmdir(folder) }
  }
}
