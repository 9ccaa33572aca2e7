package import Engine
package import Recording
import Wire

/// A tape written anew without what a redactor takes out.
package enum RedactedCopy {
  /// Writes a tape, all files of it as one. Throws `FileError` where it cannot be read, and
  /// `OutputError`.
  package static func write(
    _ input: TapeInput, _ redactor: Redactor, to file: OutputFile
  ) throws {
    var redactor = redactor
    var header = input.header
    header.sources = header.sources.map { redactor.redact($0) }
    header.segment = nil
    var writer = TapeWriter(header)
    try file.write(TapeWriter.headerLine(header))
    while let entry = try input.next() {
      switch entry.body {
      case .inbound(let connection, let body):
        let inbound = Inbound(connection: connection, at: entry.at, body: body)
        for kept in redactor.redact(inbound) { try file.write(writer.line(kept)) }
      case .marker(let label):
        try file.write(writer.marker(redactor.redact(label), at: entry.at))
      case .exit:
        for kept in redactor.finish() { try file.write(writer.line(kept)) }
        try file.write(writer.exit(at: entry.at))
      }
    }
    for kept in redactor.finish() { try file.write(writer.line(kept)) }
  }
}
