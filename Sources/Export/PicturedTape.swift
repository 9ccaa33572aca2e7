package import Canvas
package import Domain
package import Recording
import Wire

/// A tape with its picture: the lines that it had, and between them what a terminal is to be sent,
/// so that podium plays the one and asciinema 3 the other (DESIGN.md section 4).
///
/// Its time is the tape's own: it has the whole tape at its own speed.
package struct PicturedTape {
  private let header: TapeHeader
  private var writer: TapeWriter
  private var pictures: CastWriter

  /// A tape like one with a header, with pictures of a size and colour depth.
  package init(_ header: TapeHeader, size: Size, depth: ColorDepth) {
    var header = header
    (header.columns, header.rows) = (size.width, size.height)
    header.segment = nil
    self.header = header
    writer = TapeWriter(header)
    pictures = CastWriter(version: .three, depth: depth)
  }

  /// The first line.
  package var headerLine: [UInt8] { TapeWriter.headerLine(header) }

  /// The line of an entry of the tape.
  package mutating func line(_ entry: TapeEntry) -> [UInt8] {
    switch entry.body {
    case .inbound(let connection, let body):
      writer.line(Inbound(connection: connection, at: entry.at, body: body))
    case .marker(let label): writer.marker(label, at: entry.at)
    case .exit: writer.exit(at: entry.at)
    }
  }

  /// The line that changes the screen to a frame, so far into the tape.
  package mutating func frame(_ grid: Grid, at time: Span) -> [UInt8] {
    writer.picture(String(decoding: pictures.picture(grid), as: UTF8.self), at: header.start + time)
  }
}
