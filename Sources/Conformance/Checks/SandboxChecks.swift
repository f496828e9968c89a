/// Level 3: life in the sandbox.
extension Check {
  static let sandboxed = Check(
    39, "sandboxed", level: 3, "TODO"
  ) { subject in
    return .pass
  }
}
