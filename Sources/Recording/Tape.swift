package import Domain
package import Wire

// A tape is an asciicast v3 file (https://docs.asciinema.org/manual/asciicast/v3/): a header
// object, then `[interval, code, data]` lines. The codes of ours:
//   d  a raw inbound frame   "<connection> <format> u:<text>"  or  "... b:<base64>"
//   c  a connection fact     "<connection> <JSON object>"
//   m  a marker              "<label>"
// Unknown codes are passed over, as asciicast asks. Intervals are seconds since the line before,
// written with six decimals, so that times add up exactly in microseconds.

/// The first line of a tape.
package struct TapeHeader: Equatable, Sendable {
  /// The major version of our part of the format. A reader refuses a newer one.
  package static let version: Int64 = 1

  /// When the recording began; every interval counts from here.
  package var start: Timestamp
  /// The addresses of the connections, by number, without credentials.
  package var sources: [String]
  /// The size of the terminal it was recorded at.
  package var columns: Int, rows: Int

  /// A header.
  package init(start: Timestamp, sources: [String], columns: Int, rows: Int) {
    self.start = start
    self.sources = sources
    self.columns = columns
    self.rows = rows
  }
}

/// One line of a tape.
package struct TapeEntry: Equatable, Sendable {
  /// What the line holds.
  package enum Body: Equatable, Sendable {
    /// What arrived on a connection.
    case inbound(connection: Int, Inbound.Body)
    /// A place someone marked.
    case marker(String)
  }

  /// When it happened.
  package var at: Timestamp
  package var body: Body

  /// A line.
  package init(at: Timestamp, body: Body) {
    self.at = at
    self.body = body
  }
}

/// Why a tape cannot be read.
package struct TapeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// What is wrong there, and what to do.
  package let problem: String

  package var description: String { "line \(line): \(problem)" }
}
