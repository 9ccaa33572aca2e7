/// Why a golden cannot be read.
package struct SnapshotTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, counted from 1.
  package let line: Int
  /// What is wrong there, and what was expected.
  package let problem: String

  /// The problem with its place.
  package var description: String { "line \(line): \(problem)" }
}
