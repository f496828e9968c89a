import CTextExplain
import Glibc
import PluginHost

/// The doors that a plugin's sandbox leaves open: those it declares, and the files that its options name.
///
/// They are known only once the plugin is loaded, and the sandbox has to stand before: so another process asks,
/// from a sandbox without doors.
enum SandboxDoors {
  static func text(_ subject: Subject) throws -> String {
    _ = try enter(strictProfile(subject), subject)
    let needs = try subject.classifier()[\.needs] ?? 0
    // Whether the options are given is the business of other checks.
    guard let descriptor = try? subject.descriptor(), let options = try? subject.options() else {
      return "\(needs)"
    }
    let files = options.filter { option in
      descriptor.options.contains {
        $0.key == option.key && ($0.kind == .file || $0.kind == .directory)
      }
    }
    return ([String(needs)] + files.map(\.value)).joined(separator: "\t")
  }

  /// Shuts this process in, before it has loaded the plugin.
  ///
  /// - Parameter allowsNetwork: whether a plugin that needs the network gets it.
  /// - Returns: a remark where the kernel lacks a part of the sandbox.
  /// - Throws: ``Violation`` where it cannot be entered for any other reason: the plugin is not to be loaded then.
  static func close(for subject: Subject, allowsNetwork: Bool) throws -> String? {
    let fields = try HelperProcess.doors.ask(subject.request)
      .split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    let needs = Int(fields.first ?? "") ?? 0
    var profile = strictProfile(subject)
    profile.readable += fields.dropFirst()
    profile.allowsThreads = needs & TX_NEEDS_THREADS != 0
    profile.allowsNetwork = allowsNetwork && needs & TX_NEEDS_NETWORK != 0
    profile.allowsGPU = needs & TX_NEEDS_GPU != 0
    if needs & TX_NEEDS_SCRATCH != 0, let folder = getenv("TMPDIR") {
      profile.writable.append(String(cString: folder))
    }
    return try enter(profile, subject)
  }

  private static func strictProfile(_ subject: Subject) -> SandboxProfile {
    var profile = SandboxProfile.plugin(at: subject.path, homes: HomeFolders.current())
    // A helper has no life pipe; the number is the loader's then, which has to close what it opens.
    let last = getpgrp() == getpid() ? LifePipe.descriptor : ProgressPipe.descriptor
    profile.heldDescriptors = ProgressPipe.descriptor...last
    return profile
  }

  private static func enter(_ profile: SandboxProfile, _ subject: Subject) throws -> String? {
    subject.progress.step("entering the sandbox")
    do throws(SandboxError) {
      let required = subject.request.bounds.requiresSandbox ? Set(SandboxLayer.allCases) : []
      let missing = try profile.enter(requiring: required).missing
      subject.isShutIn = true
      return missing.isEmpty ? nil : missing.map(\.absence).joined(separator: "; ")
    } catch {
      throw Violation("the sandbox cannot be entered: \(error)")
    }
  }
}
