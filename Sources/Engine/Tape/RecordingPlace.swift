/// Where a recording goes.
package enum RecordingPlace: Equatable, Sendable {
  /// To a file of its own.
  case file(String)
  /// To a folder, in as many files as it takes.
  case folder(TapeFolder)
  /// Nowhere but into memory: the newest of it, for looking back.
  case memory

  /// What a tape in memory has at most, in two halves.
  static let memoryBytes: Int64 = 32 << 20

  /// When a file is full, and the recording goes on in another.
  var fileBytes: Int64 {
    switch self {
    case .file: .max
    case .folder(let folder): folder.segmentBytes
    case .memory: Self.memoryBytes / 2
    }
  }
}
