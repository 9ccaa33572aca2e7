import Glibc

/// Why a file cannot be used.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried, on which file, and why it failed.
  package let description: String
  /// Whether the file is missing or unreadable, rather than of the wrong contents.
  package let isMissing: Bool
  /// What the system said (errno); nil where it is the contents that are wrong.
  let code: Int32?

  init(_ verb: String, _ path: String, code: Int32) {
    let advice =
      switch code {
      case EEXIST: "; choose another name"
      case ENOENT: "; check the path"
      default: ""
      }
    description = "cannot \(verb) \(path): \(String(cString: strerror(code)))\(advice)"
    isMissing = true
    self.code = code
  }

  init(_ path: String, problem: String) {
    description = "\(path): \(problem)"
    isMissing = false
    code = nil
  }
}
