import Domain
import Recording
import Wire

/// A moment a number of microseconds after the tapes of these tests begin.
func moment(_ microseconds: Int64) -> Timestamp {
  Timestamp(microseconds: 1_770_000_000_000_000 + microseconds)
}

/// Tapes of these tests.
enum Tapes {
  static let header = TapeHeader(
    start: moment(0), sources: ["http://127.0.0.1:7800", "~/tränen 🎞"], columns: 120, rows: 40)

  /// The bytes of a tape of some arrivals.
  static func bytes(_ arrivals: [Inbound]) -> [UInt8] {
    var writer = TapeWriter(header)
    return TapeWriter.headerLine(header) + arrivals.flatMap { writer.line($0) }
  }

  /// The entries of a tape's bytes, fed in pieces of a size.
  static func entries(
    _ bytes: some Collection<UInt8>, piece: Int = .max
  ) throws(TapeError) -> [TapeEntry] {
    var reader = TapeReader()
    var entries: [TapeEntry] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      try reader.receive(rest.prefix(piece)) { entries.append($0) }
      rest = rest.dropFirst(piece)
    }
    return entries
  }

  /// The problem of a text that is no tape.
  static func problem(_ text: String) -> TapeError? {
    do throws(TapeError) {
      _ = try entries(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  /// A header line without its line feed.
  static let headerText =
    #"{"version":3,"term":{"cols":80,"rows":24},"podium":{"version":1,"start":5,"sources":["a"]}}"#
}
