package import Domain
package import Wire

// A tape is an asciicast v3 file (https://docs.asciinema.org/manual/asciicast/v3/): a header
// object, then `[interval, code, data]` lines. The codes of ours:
//   d  a raw inbound frame   "<connection> <format> u:<text>"  or  "... b:<base64>"
//   c  a connection fact     "<connection> <JSON object>"
//   m  a marker              "<label>"
//   x  the end               "0": when whoever watched left
//   k  a keyframe            "<JSON object> b:<base64>": the state before some line, for seeking
// Unknown codes are passed over, as asciicast asks. Intervals are seconds since the line before,
// written with six decimals, so that times add up exactly in microseconds. Recording.docc/Tape.md
// says all.

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
  /// Its place among the tapes of one run; nil for a tape that is the whole run.
  package var segment: TapeSegment?

  /// A header.
  package init(
    start: Timestamp, sources: [String], columns: Int, rows: Int, segment: TapeSegment? = nil
  ) {
    self.start = start
    self.sources = sources
    self.columns = columns
    self.rows = rows
    self.segment = segment
  }
}

/// The place of a tape among those that one run was cut into.
package struct TapeSegment: Equatable, Sendable {
  /// The name of the run: that of its first file without the extension.
  package var run: String
  /// Its number, from 1.
  package var number: Int
  /// The lines of all segments before it.
  package var linesBefore: Int
  /// The file name of the one before; nil for the first.
  package var previous: String?

  /// A place in a run.
  package init(run: String, number: Int, linesBefore: Int, previous: String?) {
    self.run = run
    self.number = number
    self.linesBefore = linesBefore
    self.previous = previous
  }

  /// The file name of a segment of a run.
  package static func fileName(run: String, number: Int) -> String {
    number <= 1 ? "\(run).cast" : "\(run).\(number).cast"
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
    /// Whoever watched left: up to here time passed, whether anything came or not.
    case exit
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

/// A place between two lines of a tape.
package struct TapePlace: Equatable, Sendable {
  /// The number of the line that follows, from 1.
  package var line: Int
  /// The byte at which that line begins, of the file as it is uncompressed.
  package var offset: Int64
  /// The time of the line before, from which the interval of the next one counts.
  package var clock: Timestamp

  /// A place.
  package init(line: Int, offset: Int64, clock: Timestamp) {
    self.line = line
    self.offset = offset
    self.clock = clock
  }
}

/// Why a tape cannot be read.
package struct TapeError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// What is wrong there, and what to do.
  package let problem: String

  /// A problem at a line.
  package init(line: Int, problem: String) {
    self.line = line
    self.problem = problem
  }

  package var description: String { "line \(line): \(problem)" }
}
