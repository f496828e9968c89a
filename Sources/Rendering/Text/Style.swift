/// How a glyph is drawn, in the terms of ECMA-48 with the 256-colour extension.
package struct Style: Equatable, Sendable {
  package var isBold = false
  package var isDim = false
  package var isUnderlined = false
  /// Index into the 256 colours, nil for the terminal's own.
  package var foreground: UInt8?
  /// Index into the 256 colours, nil for the terminal's own.
  package var background: UInt8?

  static let plain = Style()
  static let bold = Style(isBold: true)
  static let dim = Style(isDim: true)

  /// The control sequence that sets this style, whatever was set before.
  var controlSequence: String {
    var parameters = "0"
    if isBold { parameters += ";1" }
    if isDim { parameters += ";2" }
    if isUnderlined { parameters += ";4" }
    if let foreground { parameters += ";38;5;\(foreground)" }
    if let background { parameters += ";48;5;\(background)" }
    return "\u{1B}[\(parameters)m"
  }
}
