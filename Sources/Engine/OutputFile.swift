import Glibc

/// Why a file cannot be written.
package struct OutputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried, on which file, why it failed, and what to do.
  package let description: String

  /// A reason of the caller's own.
  package init(_ description: String) {
    self.description = description
  }

  init(_ verb: String, _ path: String, code: Int32) {
    let advice =
      switch code {
      case EEXIST: "; choose another name, or --force"
      case ENOENT: "; make its folder first"
      case EISDIR: "; name a file"
      default: ""
      }
    description = "cannot \(verb) \(path): \(String(cString: strerror(code)))\(advice)"
  }
}

/// A file being written from its beginning to its end. Until it is finished, an older file of the
/// name stays as it was, and a new one is removed again when it is given up.
package final class OutputFile {
  private let path: String
  private let place: String
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var isFinished = false

  /// Creates a file; one that exists is an error unless it is to be replaced.
  package init(creating path: String, replaces: Bool = false) throws(OutputError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, !replaces { throw OutputError("create", path, code: EEXIST) }
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw OutputError("write", path, code: EISDIR)
    }
    self.path = path
    place = exists ? path + ".part" : path
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (exists ? O_TRUNC : O_EXCL)
    descriptor = open(place, flags, 0o644)
    guard descriptor >= 0 else { throw OutputError("create", place, code: errno) }
  }

  deinit {
    close(descriptor)
    if !isFinished { unlink(place) }
  }

  /// Adds bytes.
  package func write(_ bytes: [UInt8]) throws(OutputError) {
    pending += bytes
    if pending.count >= 256 << 10 { try flush() }
  }

  /// Writes what is left; the file now has its name.
  package func finish() throws(OutputError) {
    try flush()
    if place != path, rename(place, path) != 0 {
      throw OutputError("replace", path, code: errno)
    }
    isFinished = true
  }

  private func flush() throws(OutputError) {
    var written = 0
    while written < pending.count {
      let count = pending.withUnsafeBytes { bytes in
        Glibc.write(
          descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw OutputError("write", place, code: errno)
      }
    }
    pending.removeAll(keepingCapacity: true)
  }
}
