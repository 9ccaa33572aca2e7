/// `[recording]`: the tapes that live runs leave behind.
package struct RecordingSettings: Equatable, Sendable {
  /// Whether live runs are recorded.
  package var isEnabled = true
  /// The folder; nil for the usual one.
  package var folder: Located<String>?
  /// When a file is full, in MiB.
  package var segmentMiB: Int64?
  /// What all tapes may have together, in MiB.
  package var totalMiB: Int64?
  /// How old a tape may become, in days.
  package var days: Int64?

  /// The usual.
  package init() {}

  static let keys = ["enabled", "folder", "segment_mib", "total_mib", "days"]

  /// Reads the table and adds what is wrong with it.
  init(_ table: TOMLTable, _ faults: inout [SettingsFault]) {
    for entry in table.entries {
      let value = entry.value.kind
      let key = "recording.\(entry.key)"
      func fault(_ message: String) {
        faults.append(SettingsFault(line: entry.line, key: key, message))
      }
      switch (entry.key, value) {
      case ("enabled", .boolean(let flag)): isEnabled = flag
      case ("enabled", _): fault("must be true or false")
      case ("folder", .string(let path)) where path.hasPrefix("/"):
        folder = Located(value: path, line: entry.line, key: key)
      case ("folder", _): fault("must be a path in quotes that begins with /")
      case ("segment_mib", .integer(let count)) where (1...4_096).contains(count):
        segmentMiB = count
      case ("segment_mib", _): fault("must be a whole number from 1 to 4096")
      case ("total_mib", .integer(let count)) where (1...1_048_576).contains(count):
        totalMiB = count
      case ("total_mib", _): fault("must be a whole number from 1 to 1048576")
      case ("days", .integer(let count)) where (1...3_650).contains(count): days = count
      case ("days", _): fault("must be a whole number from 1 to 3650")
      default: fault("is not known: \(Self.keys.joined(separator: ", ")) are")
      }
    }
  }
}
