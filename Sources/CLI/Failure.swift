import Canvas
import Engine
import Glibc

/// Why a command ends early: one line for a person, one code for a script (sysexits.h).
struct Failure: Error {
  /// What is reported to scripts.
  enum Code: Int32 {
    case checkFailed = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case cannotConnect = 69
    case cannotCreate = 73
    case notAllowed = 77
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// A file that is missing, or of the wrong contents.
  init(_ error: FileError) {
    self.init(error.isMissing ? .noInput : .badData, error.description)
  }

  /// Says so on the standard error and ends the process.
  func report() -> Never {
    standardError("podium: \(message)")
    exit(code.rawValue)
  }
}

/// Writes a line to the standard error. What a server said in it is shown, never obeyed.
func standardError(_ line: String) {
  writeAll(Array((HostileText.escaped(line) + "\n").utf8), to: STDERR_FILENO)
}

/// Writes all bytes to a descriptor; false when its reader is gone.
@discardableResult
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { buffer in
      write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
    }
    if count > 0 { written += count } else if errno != EINTR { return false }
  }
  return true
}
