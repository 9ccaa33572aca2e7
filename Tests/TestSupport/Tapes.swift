package import Domain
package import Engine
import Foundation
import Recording

/// The committed tapes by name.
package enum Tape: String, CaseIterable, Sendable {
  /// A run of a few agents: first busy, then silent for over ten minutes.
  case agentsBusy = "agents-busy"
  /// Two minutes of a dinner rush, then nearly five in which nobody touches a screen.
  case kitchenRush = "kitchen-rush"
  /// A connection that goes stale, is lost, comes back and is lost for good.
  case outage
  /// A connection that brings no event.
  case empty
  /// Events whose strings try to steer the terminal or break the columns.
  case hostile
  /// Events twice, late, missing, unmapped and broken.
  case gaps

  /// Where the tape is.
  package var path: String { Repository.tapes.appending(path: "\(rawValue).cast").path }

  /// The session of the tape after some seconds; nil plays it to its end.
  package func session(after seconds: Int64? = nil) throws -> Session {
    let input = try TapeInput(path: path)
    return try Session(
      playing: input, until: seconds.map { input.header.start + .seconds($0) })
  }

  /// What is known after some seconds, and when that is.
  package func board(after seconds: Int64? = nil) throws -> (board: Board, now: Timestamp) {
    let session = try session(after: seconds)
    return (session.board, session.now)
  }
}
