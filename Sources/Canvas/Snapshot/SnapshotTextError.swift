/// Why a golden cannot be read.
package struct SnapshotTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, counted from 1.
  package let line: Int
  package let problem: String

  package var description: String { "snapshot line \(line): \(problem)" }
}
