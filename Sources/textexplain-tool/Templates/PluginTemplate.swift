import CTemplates

/// The files of a template, whose plugin is called "keywords" and lies in the repository.
struct PluginTemplate {
  /// One file of the new folder.
  struct File {
    let path: String
    let text: String
  }

  let files: [File]

  /// Puts a name in the place of the template's.
  init(_ language: TemplateLanguage, named name: PluginName) {
    let spellings = [
      ("keywords_", name.identifier + "_"), ("Keywords", name.typeName), ("keywords", name.text),
      // The header lies in the new folder.
      ("../../../Sources/CTextExplain/include", "."),
    ]
    var count = 0
    let table = UnsafeBufferPointer(start: template_files(&count), count: count)
    files = table.filter { String(cString: $0.language) == language.rawValue }.map { file in
      let text = String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.length), as: UTF8.self)
      func renamed(_ text: String) -> String {
        spellings.reduce(text) { $0.replacing($1.0, with: $1.1) }
      }
      return File(path: renamed(String(cString: file.path)), text: renamed(text))
    }
  }
}
