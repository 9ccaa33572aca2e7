package import Domain
package import Engine
import Inspection
import Recording
import Wire

/// The events of a stretch of a tape as lines of JSON: each once, in order, as `tail` prints them.
package enum EventExtract {
  /// Hands the lines of each frame to `write`, until that returns false, and what is to be said of
  /// a connection by its number (what is missing, what was no event) to `tell`.
  ///
  /// `start` is nil to begin before the first line. Throws when the tape cannot be read, or what
  /// `write` throws.
  package static func lines(
    of input: TapeInput, from start: Timestamp?, to end: Timestamp?,
    write: ([UInt8]) throws -> Bool, tell: (Int, String) -> Void
  ) throws {
    var session = try Session(beginning: input, at: start)
    var log = EventLog()
    while let entry = try input.peek(), end.map({ entry.at <= $0 }) ?? true {
      _ = try input.next()
      guard case .inbound(let connection, let body) = entry.body else { continue }
      var said: [String] = []
      session.ingest(Inbound(connection: connection, at: entry.at, body: body)) { item in
        log.take(item) { said.append($0) }
      }
      _ = session.takeChanges()
      for words in said { tell(connection, words) }
      let lines = log.takeOutput()
      if !lines.isEmpty, try !write(lines) { return }
    }
  }
}
