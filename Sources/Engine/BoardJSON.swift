package import Domain
import Wire

/// A board as JSON: the snapshot events that would restore it, as a CloudEvents batch.
package enum BoardJSON {
  /// One line, the same bytes for the same board and moment.
  package static func bytes(of board: Board, at moment: Timestamp) -> [UInt8] {
    let sequence = Int64(board.stream.applied)
    let events =
      board.fleet.snapshotEvents(source: "podium", sequence: sequence, asOf: moment)
      + board.kitchen.snapshotEvents(source: "podium", sequence: sequence, asOf: moment)
    var bytes: [UInt8] = []
    CloudEventEncoder().append(batch: events, to: &bytes)
    return bytes + [UInt8(ascii: "\n")]
  }
}
