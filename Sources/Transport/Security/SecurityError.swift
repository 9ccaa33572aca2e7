/// Why a setting of security cannot be used: told before anything is connected.
package struct SecurityError: Error, Hashable, Sendable {
  /// One line that names the file or setting, says what is wrong with it and what to do. Never
  /// holds a secret.
  package let message: String

  /// An error in these words.
  init(_ message: String) {
    self.message = message
  }
}
