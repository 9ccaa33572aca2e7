import Canvas
import Domain
import Themes

/// Everything that is known of one connection, line by line.
enum ConnectionDetail {
  static func lines(_ connection: Connection, at now: Timestamp, utcOffset: Span) -> [Line] {
    state(connection, at: now) + life(connection, at: now) + traffic(connection, at: now)
      + faults(connection, utcOffset: utcOffset)
  }

  private static func state(_ connection: Connection, at now: Timestamp) -> [Line] {
    let state = HealthWord(connection, at: now)
    let transport = fact("transport", state.transport ?? "none at the moment")
    return [
      [
        Run("\(state.mark) \(state.word)", state.role, .bold),
        Run("  for \(Format.clock(now - connection.stateSince))", .muted),
      ],
      fact("source", connection.name),
      connection.fallback.map {
        fact("transport", "\($0.kind.rawValue), no better one: \($0.reason)", .warn)
      } ?? transport,
    ]
  }

  private static func life(_ connection: Connection, at now: Timestamp) -> [Line] {
    func age(_ moment: Timestamp?) -> String {
      moment.map { "\(Format.clock(now - $0)) ago" } ?? "never"
    }
    return [
      fact("event", age(connection.lastEventAt)), fact("byte", age(connection.lastByteAt)),
      fact("patience", connection.patience.map(Format.latency) ?? "n/a: no heartbeat heard"),
      fact("rtt", connection.roundTrip.map(Format.latency) ?? "n/a"),
      fact("connects", "\(connection.connects), \(connection.reconnects) after a loss"),
      fact("uptime", "\(Format.percent(connection.uptime(at: now)))%"),
      fact("resumed", connection.resumedFrom.map { "after \($0)" } ?? "n/a"),
    ]
  }

  private static func traffic(_ connection: Connection, at now: Timestamp) -> [Line] {
    let rates = connection.rates(at: now)
    let bytes = Format.bytes(Int64(min(1e15, rates.bytes)))
    return [
      fact("rate", "\(Format.rate(rates.events)) events/s, \(bytes)/s"),
      fact(
        "received", "\(Format.count(connection.events)) events, \(Format.bytes(connection.bytes))"),
      fact("ratio", ratio(connection) ?? "n/a: not compressed"),
    ]
  }

  /// What compression makes of what is sent, as `3.1:1`; nil where nothing was compressed.
  private static func ratio(_ connection: Connection) -> String? {
    guard let compression = connection.compression, let ratio = connection.compressionRatio else {
      return nil
    }
    let sizes =
      "\(Format.bytes(compression.inflated)) in \(Format.bytes(compression.received))"
    return "\(Format.decimal(ratio, places: 1)):1, \(sizes)"
  }

  private static func faults(_ connection: Connection, utcOffset: Span) -> [Line] {
    var lines: [Line] = []
    if connection.damaged > 0 {
      lines.append(fact("damaged", "\(connection.damaged) times, made anew", .critical))
    }
    if connection.gaps > 0 {
      lines.append(fact("gaps", "\(connection.gaps), \(connection.missing) missing", .critical))
    }
    if let loss = connection.lastLoss { lines.append(fact("last loss", loss, .warn)) }
    lines += connection.unaccounted.suffix(8).map { time in
      let span = ConnectionsPane.text(time, offset: utcOffset)
      return time.resyncedAt == nil
        ? fact("unaccounted", span, .warn)
        : fact("unaccounted", "\(span), made good by a snapshot", .muted)
    }
    return lines
  }
}
