import PluginHost
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// The examples of FIPS 180-4's companion "SHA256.pdf" (NIST, Cryptographic Standards and Guidelines), of the
  /// empty message, and of the million "a" of FIPS 180-2, appendix B.3.
  static let examples: [(String, String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test("the standard's examples", arguments: examples)
  func standard(message: String, digest: String) {
    #expect(Self.digest(Array(message.utf8), inPartsOf: message.utf8.count) == digest)
  }

  @Test(
    "the digest does not depend on how the message is cut",
    arguments: [1, 3, 55, 56, 63, 64, 65, 200])
  func parts(size: Int) {
    for length in [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 300] {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      #expect(Self.digest(message, inPartsOf: size) == Self.digest(message, inPartsOf: length))
    }
  }

  private static func digest(_ message: [UInt8], inPartsOf size: Int) -> String {
    var hash = SHA256()
    message.withUnsafeBytes { message in
      for start in stride(from: 0, to: message.count, by: max(size, 1)) {
        let end = min(start + size, message.count)
        hash.update(UnsafeRawBufferPointer(rebasing: message[start..<end]))
      }
    }
    return hash.finish()
  }
}
