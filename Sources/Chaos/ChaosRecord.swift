package import Domain
import Wire

/// What happened, for the log.
package enum ChaosRecord: Equatable, Sendable {
  /// A connection came in.
  case opened(connection: Int)
  /// A fault befell a connection.
  case fault(Fault, connection: Int, Direction)
  /// A request was answered with 503, or the connection it had made was cut.
  case denied(FaultKind, connection: Int)
  /// A connection came in and the server could not be reached.
  case unreachable(connection: Int)
  /// A window of the whole proxy began, and how long it lasts.
  case window(FaultKind, lasting: Span)

  /// One line of JSON without its line end; `at` is the time since the start of the proxy.
  package func line(at: Span) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("atMs")
    writer.integer(at.microseconds / 1_000)
    switch self {
    case .opened(let connection):
      Self.put("opened", connection, &writer)
    case .fault(let fault, let connection, let direction):
      Self.put(fault.kind.rawValue, connection, &writer)
      writer.key("direction")
      writer.string(direction.rawValue)
      Self.put(fault, &writer)
    case .denied(let kind, let connection):
      Self.put("denied", connection, &writer)
      writer.key("by")
      writer.string(kind.rawValue)
    case .unreachable(let connection): Self.put("unreachable", connection, &writer)
    case .window(let kind, let span):
      Self.put(kind.rawValue, nil, &writer)
      writer.key("ms")
      writer.integer(span.microseconds / 1_000)
    }
    writer.endObject()
    return writer.bytes
  }

  private static func put(_ name: String, _ connection: Int?, _ writer: inout JSONWriter) {
    writer.key("fault")
    writer.string(name)
    guard let connection else { return }
    writer.key("connection")
    writer.integer(connection)
  }

  private static func put(_ fault: Fault, _ writer: inout JSONWriter) {
    switch fault {
    case .delay, .truncate, .cut(.silence): break
    case .throttle(let rate, _):
      writer.key("bytesPerSecond")
      writer.integer(rate)
    case .cut(let ending):
      writer.key("by")
      writer.string(ending.rawValue)
    case .corrupt(let count, _):
      writer.key("bytes")
      writer.integer(count)
    }
    guard fault.length > .zero else { return }
    writer.key("ms")
    writer.integer(fault.length.microseconds / 1_000)
  }
}
