package import Domain
package import Engine
import Recording
import Wire

/// Looks through a tape, or a stretch of it, without keeping it: what it holds besides the board is
/// bounded however long the tape is.
package struct TapeInspector {
  private let input: TapeInput
  private let end: Timestamp?
  private var session: Session
  private var report: TapeReport
  private let earlier: StreamLedger
  private var types = TypeTally()
  private var recent = RecentEvents()
  private var alerts = AlertWatch()
  private var connections: [ConnectionWatch]
  private var last: Timestamp

  /// The inspection of a tape from a moment to another, both from its beginning to its end where nil.
  ///
  /// Throws when the tape cannot be read.
  package init(
    _ input: TapeInput, from start: Timestamp? = nil, to end: Timestamp? = nil
  ) throws(FileError) {
    let begun = start ?? input.header.start
    self.input = input
    self.end = end
    session = try Session(beginning: input, at: start)
    earlier = session.board.stream
    connections = earlier.connections.map { ConnectionWatch($0, at: begun) }
    last = begun
    report = TapeReport(
      file: .init(
        name: input.path, version: TapeHeader.version, start: input.header.start),
      start: begun, end: begun, events: EventTotals(earlier, since: earlier), types: [],
      sources: [], connections: [], alerts: [])
    _ = session.takeChanges()
    alerts.begin(session.board.alerts, recent)
  }

  /// The moment looked at so far.
  package var position: Timestamp { last }

  /// Looks at up to `limit` further lines; false when none is left.
  package mutating func advance(lines limit: Int) throws(FileError) -> Bool {
    for _ in 0..<limit {
      guard let entry = try input.peek(), end.map({ entry.at <= $0 }) ?? true else {
        if let end, end > last { pass(to: end) }
        return false
      }
      _ = try input.next()
      take(entry)
    }
    return true
  }

  /// Looks at all of it.
  package mutating func run() throws(FileError) {
    while try advance(lines: 4_096) {}
  }

  /// What was seen so far.
  package func finished() -> TapeReport {
    var result = report
    let ledger = session.board.stream
    let sizes = input.files.map { try? InputFile(path: $0).size }
    result.file.bytes = sizes.reduce(0) { sum, size in
      sum.flatMap { sum in size.map { sum.addingClamping($0) } }
    }
    result.file.count = input.files.count
    result.file.keyframes = input.keyframes
    result.file.isCutOff = input.isCutOff
    result.end = last
    result.events = EventTotals(ledger, since: earlier)
    result.types = types.byFrequency
    result.sources = ledger.sources.enumerated().map { index, source in
      let before = earlier.sources.indices.contains(index) ? earlier.sources[index] : nil
      return SourceCount(source, since: before, from: report.start)
    }
    result.connections = zip(connections, ledger.connections).map { watch, connection in
      watch.finished(connection, at: last)
    }
    result.alerts = alerts.fired
    result.alertCount = alerts.count
    result.omittedAlerts = alerts.omitted
    return result
  }

  private mutating func take(_ entry: TapeEntry) {
    pass(to: entry.at)
    switch entry.body {
    case .inbound(let connection, let body):
      take(Inbound(connection: connection, at: entry.at, body: body))
    case .marker(let label):
      report.markerCount += 1
      if report.markers.count < TapeReport.markerBound {
        report.markers.append(.init(at: entry.at, label: label))
      }
    case .exit: break
    }
  }

  private mutating func take(_ inbound: Inbound) {
    var arrived: [Event] = []
    session.ingest(inbound) { item in
      if case .event(let event, _) = item { arrived.append(event) }
    }
    for event in arrived {
      types.note(event.type, at: inbound.at)
      recent.note(event, at: inbound.at)
    }
    count(inbound)
    watchAlerts(at: inbound.at)
  }

  private mutating func count(_ inbound: Inbound) {
    let number = inbound.connection
    let isKnown = connections.indices.contains(number)
    switch inbound.body {
    case .frame(_, let bytes):
      report.frames += 1
      guard isKnown else { return }
      connections[number].note(
        bytes: bytes.count, by: session.board.stream.connections[number])
    case .fact(let fact):
      report.facts += 1
      guard isKnown else { return }
      connections[number].note(fact, at: inbound.at)
    }
    connections[number].follow(session.board.stream.connections[number], at: inbound.at)
  }

  /// Lets time pass, stopping at each moment at which something comes true by time alone.
  private mutating func pass(to moment: Timestamp) {
    var previous: Timestamp?
    while let due = session.board.nextDue, due <= moment, due != previous {
      session.advance(to: due)
      for number in connections.indices {
        connections[number].follow(session.board.stream.connections[number], at: due)
      }
      watchAlerts(at: due)
      previous = due
    }
    last = max(last, moment)
  }

  private mutating func watchAlerts(at now: Timestamp) {
    alerts.note(session.takeChanges(), session.board.alerts, recent, at: now)
  }
}

extension Session {
  /// The session of a tape at a moment, or, where nil, before its first line: for one that goes on
  /// with a run, with what came before it.
  package init(beginning input: TapeInput, at moment: Timestamp?) throws(FileError) {
    if let moment {
      try self.init(playing: input, until: moment)
    } else {
      try self.init(playing: input, untilLine: input.line)
    }
  }
}
