import Canvas
import Domain
import Engine
import Glibc
import Panes
import Recording
import Themes
import Wire

/// The moment so many milliseconds after a fixed day's start (2026-11-21T06:00:00Z).
func at(_ milliseconds: Int64) -> Timestamp {
  Timestamp(seconds: 1_795_240_800) + .milliseconds(milliseconds)
}

/// Events as text.
enum Feed {
  static func event(_ id: Int, _ type: String, _ data: String, sequence: Int? = nil) -> String {
    let number = sequence.map { ",\"sequence\":\"\($0)\"" } ?? ""
    return """
      {"specversion":"1.0","id":"e\(id)","source":"/test","type":"com.example.\(type)"\(number),\
      "data":\(data)}
      """
  }

  /// A ticket's short life and an agent's silence: facts that come true by time alone follow.
  static let lines: [(milliseconds: Int64, text: String)] = [
    (0, event(1, "kds.station.updated", #"{"station":"grill","name":"Grill","state":"active"}"#)),
    (200, event(2, "kds.order.created", #"{"order":"204","number":204,"table":"7"}"#)),
    (400, event(3, "kds.ticket.fired", #"{"ticket":"204:grill","order":"204","station":"grill"}"#)),
    (900, event(4, "agent.started", #"{"agent":"a1","type":"builder","session":"s"}"#)),
    (1_000, event(5, "agent.tool.started", #"{"agent":"a1","toolUseId":"t","tool":"Bash"}"#)),
    (1_000, event(6, "kds.menu.item86", #"{"item":"soup"}"#)), (1_500, "nonsense"),
    (90_000, event(7, "task.created", #"{"task":"k","subject":"Title","agent":"a1"}"#)),
    (700_000, event(8, "kds.ticket.started", #"{"ticket":"204:grill","by":"ann"}"#)),
    (1_900_000, event(9, "agent.state", #"{"agent":"a1","state":"waiting","reason":"input"}"#)),
  ]

  /// The lines as arrivals on connection 0, after a connection and a heartbeat.
  static var arrivals: [Inbound] {
    [
      Inbound(connection: 0, at: at(0), body: .fact(.connected(.sse, resumedFrom: nil))),
      Inbound(connection: 0, at: at(0), body: .fact(.heartbeat)),
    ] + lines.map { frame($0.text + "\n", at: $0.milliseconds) }
  }

  static func frame(_ text: String, at milliseconds: Int64, connection: Int = 0) -> Inbound {
    Inbound(
      connection: connection, at: at(milliseconds), body: .frame(.ndjson, Array(text.utf8)))
  }
}

extension Session {
  /// A session of one connection.
  static func started() -> Session {
    var session = Session(start: at(0))
    session.addConnection("test")
    return session
  }

  /// All that is shown: every workspace at the session's moment, and the board as events.
  func everything() throws -> [String] {
    let theme = try Theme.builtIn("dark")
    let screens = [Workspace.agents, .kitchen, .link].map { workspace in
      let scene = Scene(size: Size(width: 140, height: 50), workspace: workspace, theme: theme)
      return SnapshotText.render(Golden(name: workspace.rawValue, grid: draw(scene)))
    }
    let events =
      board.fleet.snapshotEvents(source: "s", sequence: 0, asOf: now)
      + board.kitchen.snapshotEvents(source: "s", sequence: 0, asOf: now)
    var bytes: [UInt8] = []
    CloudEventEncoder().append(batch: events, to: &bytes)
    return screens + [String(decoding: bytes, as: UTF8.self)]
  }
}

/// A folder that is gone with the value.
final class Folder {
  let path: String

  init() {
    var template = Array("/tmp/podium-engine-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  private var names: [String] = []

  /// The path of a file in the folder.
  func file(_ name: String = "tape.cast") -> String {
    names.append(name)
    return "\(path)/\(name)"
  }

  /// Writes a file and returns its path.
  func write(_ bytes: [UInt8], _ name: String = "tape.cast") -> String {
    let path = file(name)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    return path
  }

  /// A tape of arrivals.
  func tape(_ arrivals: [Inbound] = Feed.arrivals, _ name: String = "tape.cast") -> String {
    let header = TapeHeader(start: at(0), sources: ["test"], columns: 80, rows: 24)
    var writer = TapeWriter(header)
    return write(TapeWriter.headerLine(header) + arrivals.flatMap { writer.line($0) }, name)
  }

  static func bytes(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
    }
  }
}

extension Folder {
  /// Makes every line of a tape but its header something else.
  static func damage(_ path: String) {
    var bytes = Self.bytes(path)
    let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    for place in bytes.indices.dropFirst(end) where bytes[place] != UInt8(ascii: "\n") {
      bytes[place] = UInt8(ascii: "!")
    }
    let descriptor = open(path, O_WRONLY)
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }
}
