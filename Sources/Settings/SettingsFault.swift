/// What is wrong with a line of the config file.
package struct SettingsFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// The key as it is reached from the top, such as `source.pins`; empty where the line is no TOML.
  package let key: String
  /// What is wrong and what to do. Never holds a value, since that may be a secret in the wrong
  /// place.
  package let message: String

  /// A fault of a line and key.
  package init(line: Int, key: String, _ message: String) {
    self.line = line
    self.key = key
    self.message = message
  }

  package var description: String {
    key.isEmpty ? "line \(line): \(message)" : "line \(line): \(key): \(message)"
  }
}
