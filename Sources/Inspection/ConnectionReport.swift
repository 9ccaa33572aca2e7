package import Domain

/// One connection in a stretch of a tape.
package struct ConnectionReport: Equatable, Sendable {
  /// A time in which nothing current was shown.
  package struct Outage: Equatable, Sendable {
    /// How it began.
    package enum Kind: String, Sendable {
      /// Silent for longer than its own heartbeats allow.
      case stale
      /// The connection was lost, or could not be made.
      case lost
      /// The server would not have us.
      case refused
    }

    package var kind: Kind
    /// When something was last heard, or when it was tried first.
    package let from: Timestamp
    /// When it was current again; nil when it never was.
    package var to: Timestamp?
    /// Why, as far as anyone said.
    package var reason: String?
    /// How often it was tried meanwhile.
    package var attempts = 0
  }

  /// Something that was said of a connection.
  package struct Note: Equatable, Sendable {
    package let at: Timestamp
    package let text: String
  }

  /// What came by one transport.
  package struct Carried: Equatable, Sendable {
    /// The transport, such as `sse`; `none` for what came without a connection.
    package let transport: String
    package var frames: Int
    package var bytes: Int64
  }

  /// The most outages, fall-backs, refusals and unaccounted times told of each.
  package static let bound = 256

  /// The address, without credentials.
  package let name: String
  /// What came, by transport, in order of appearance.
  package var carried: [Carried] = []
  /// Events that came.
  package var events: Int64 = 0
  /// Tries, connections made, connections lost.
  package var attempts = 0, connects = 0, losses = 0
  /// Times it brought something else than was sent.
  package var damaged = 0
  /// The times in which nothing current was shown, and how many there were and how long in all.
  package var outages: [Outage] = []
  package var outageCount = 0
  package var downtime = Span.zero
  /// Changes to a lesser transport, and refusals, with what was said.
  package var fallbacks: [Note] = []
  package var refusals: [Note] = []
  package var fallbackCount = 0, refusalCount = 0
  /// The times nobody told us of: a stream broke and was not resumed.
  package var unaccounted: [UnaccountedTime] = []
  package var unaccountedCount = 0
  /// How it stands at the end.
  package var state: ConnectionState = .idle

  /// Frames of all transports.
  package var frames: Int { carried.reduce(0) { $0 + $1.frames } }
  /// Bytes of all transports.
  package var bytes: Int64 { carried.reduce(0) { $0.addingClamping($1.bytes) } }

  init(name: String) {
    self.name = name
  }
}

/// Follows one connection of a board and gathers its report.
struct ConnectionWatch {
  private(set) var report: ConnectionReport
  private var down: ConnectionReport.Outage?
  private let earlier: Connection
  private var unaccountedCount: Int

  /// A watch of a connection as it stands.
  init(_ connection: Connection, at now: Timestamp) {
    report = ConnectionReport(name: connection.name)
    earlier = connection
    unaccountedCount = connection.unaccountedCount
    follow(connection, at: now)
  }

  /// Counts a frame that came while the connection stood as given.
  mutating func note(bytes: Int, by connection: Connection) {
    let transport = connection.transport?.rawValue ?? "none"
    let index = report.carried.firstIndex { $0.transport == transport }
    guard let index else {
      report.carried.append(.init(transport: transport, frames: 1, bytes: Int64(bytes)))
      return
    }
    report.carried[index].frames += 1
    report.carried[index].bytes = report.carried[index].bytes.addingClamping(Int64(bytes))
  }

  /// Takes in a fact that the connection was told of.
  mutating func note(_ fact: ConnectionFact, at now: Timestamp) {
    switch fact {
    case .connecting:
      report.attempts += 1
      down?.attempts += 1
    case .connected: report.connects += 1
    case .lost: report.losses += 1
    case .fellBack(let kind, let reason):
      report.fallbackCount += 1
      let text = "to \(kind.rawValue): \(reason)"
      Self.append(.init(at: now, text: text), to: &report.fallbacks)
    case .refused(let reason):
      report.refusalCount += 1
      Self.append(.init(at: now, text: reason), to: &report.refusals)
    case .heartbeat, .roundTrip, .compressed, .waiting, .ended: break
    }
  }

  /// Looks at how the connection stands after a step.
  mutating func follow(_ connection: Connection, at now: Timestamp) {
    if connection.unaccountedCount > unaccountedCount, let last = connection.unaccounted.last {
      unaccountedCount = connection.unaccountedCount
      Self.append(last, to: &report.unaccounted)
    }
    switch connection.state {
    case .live, .ended: end(at: now)
    case .idle: break
    case .connecting: if connection.connects > 0 { fall(.lost, connection.lastLoss, at: now) }
    case .waiting(_, _, let reason): fall(.lost, reason, at: now)
    case .stale(_, let since): fall(.stale, nil, at: since)
    case .refused(let reason): fall(.refused, reason, at: now)
    }
  }

  /// The report of what was seen of the connection, which now stands as given.
  func finished(_ connection: Connection, at now: Timestamp) -> ConnectionReport {
    var result = self
    if let down {
      result.keep(down, until: now)
    }
    result.report.events = connection.events - earlier.events
    result.report.damaged = connection.damaged - earlier.damaged
    result.report.unaccountedCount = unaccountedCount - earlier.unaccountedCount
    result.report.state = connection.state
    for (index, time) in result.report.unaccounted.enumerated() {
      let newest = connection.unaccounted.last { $0.from == time.from && $0.to == time.to }
      if let newest { result.report.unaccounted[index] = newest }
    }
    return result.report
  }

  private mutating func fall(
    _ kind: ConnectionReport.Outage.Kind, _ reason: String?, at now: Timestamp
  ) {
    guard var outage = down else {
      down = .init(kind: kind, from: now, reason: reason)
      return
    }
    // What was silent turned out to be lost, and what was lost to be refused.
    if kind != .stale { outage.kind = kind }
    outage.reason = reason ?? outage.reason
    down = outage
  }

  private mutating func end(at now: Timestamp) {
    guard var outage = down.take() else { return }
    outage.to = now
    keep(outage, until: now)
  }

  private mutating func keep(_ outage: ConnectionReport.Outage, until now: Timestamp) {
    report.outageCount += 1
    report.downtime = Span(
      microseconds: report.downtime.microseconds.addingClamping((now - outage.from).microseconds))
    Self.append(outage, to: &report.outages)
  }

  private static func append<Element>(_ element: Element, to list: inout [Element]) {
    if list.count < ConnectionReport.bound { list.append(element) }
  }
}
