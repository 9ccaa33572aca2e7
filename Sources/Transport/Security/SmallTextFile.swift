import Glibc

/// The small files of security: certificates, keys, tokens.
enum SmallTextFile {
  /// The whole of a file of at most `limit` bytes.
  ///
  /// - Throws: `SecurityError` naming the file and what is wrong.
  static func read(_ path: String, limit: Int) throws(SecurityError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SecurityError("cannot read \(path): \(words(errno))") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      var code: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
        let length = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        code = length < 0 ? errno : 0
        count = max(0, length)
      }
      if code == EINTR { continue }
      guard code == 0 else { throw SecurityError("cannot read \(path): \(words(code))") }
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
    throw SecurityError("\(path) is longer than \(limit >> 10) KiB: name the right file")
  }

  private static func words(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }
}
