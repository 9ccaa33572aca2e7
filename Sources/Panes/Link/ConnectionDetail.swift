import Canvas
import Domain
import Themes

/// Everything that is known of one connection, line by line.
enum ConnectionDetail {
  static func lines(_ connection: Connection, for view: DetailView) -> [Line] {
    state(connection, for: view) + life(connection, for: view) + traffic(connection, for: view)
      + faults(connection, for: view)
  }

  private static func state(_ connection: Connection, for view: DetailView) -> [Line] {
    let language = view.language
    let state = HealthWord(connection, at: view.now, in: language)
    let transport = view.fact(.transport, state.transport ?? language.text(.noTransport))
    return [
      [
        Run("\(state.mark) \(state.word)", state.role, .bold),
        Run("  \(language.lasting(view.now - connection.stateSince))", .muted),
      ],
      view.fact(.source, connection.name),
      connection.fallback.map {
        view.fact(
          .transport, language.text(.noBetterTransport, $0.kind.rawValue, $0.reason), .warn)
      } ?? transport,
    ]
  }

  private static func life(_ connection: Connection, for view: DetailView) -> [Line] {
    let language = view.language
    func age(_ moment: Timestamp?) -> String {
      moment.map { language.ago(view.now - $0) } ?? language.text(.never)
    }
    return [
      view.fact(.event, age(connection.lastEventAt)), view.fact(.byte, age(connection.lastByteAt)),
      view.fact(
        .patience, connection.patience.map(Format.latency) ?? language.text(.noHeartbeat)),
      view.fact(
        .roundTrip, connection.roundTrip.map(Format.latency) ?? language.text(.notKnown)),
      view.fact(
        .connects,
        language.text(.connectSums, "\(connection.connects)", "\(connection.reconnects)")),
      view.fact(.uptime, "\(Format.percent(connection.uptime(at: view.now)))%"),
      view.fact(
        .resumed,
        connection.resumedFrom.map { language.text(.after, $0) } ?? language.text(.notKnown)),
    ]
  }

  private static func traffic(_ connection: Connection, for view: DetailView) -> [Line] {
    let language = view.language
    let rates = connection.rates(at: view.now)
    let bytes = Format.bytes(Int64(min(1e15, rates.bytes)))
    return [
      view.fact(.rate, language.text(.eventsAndBytes, Format.rate(rates.events), bytes)),
      view.fact(
        .received,
        language.text(
          .receivedSums, Format.count(connection.events), Format.bytes(connection.bytes))),
      view.fact(.ratio, ratio(connection, language) ?? language.text(.notCompressed)),
    ]
  }

  /// What compression makes of what is sent, as `3.1:1`; nil where nothing was compressed.
  private static func ratio(_ connection: Connection, _ language: Language) -> String? {
    guard let compression = connection.compression, let ratio = connection.compressionRatio else {
      return nil
    }
    return language.text(
      .ratioOf, "\(Format.decimal(ratio, places: 1)):1", Format.bytes(compression.inflated),
      Format.bytes(compression.received))
  }

  private static func faults(_ connection: Connection, for view: DetailView) -> [Line] {
    let language = view.language
    var lines: [Line] = []
    if connection.damaged > 0 {
      let times =
        language == .english
        ? "\(connection.damaged)" : language.count(Int(connection.damaged), .times)
      lines.append(view.fact(.damaged, language.text(.damagedTimes, times), .critical))
    }
    if connection.gaps > 0 {
      let sums = language.text(.gapSums, "\(connection.gaps)", "\(connection.missing)")
      lines.append(view.fact(.gaps, sums, .critical))
    }
    if let loss = connection.lastLoss { lines.append(view.fact(.lastLoss, loss, .warn)) }
    lines += connection.unaccounted.suffix(8).map { time in
      let span = ConnectionsPane.text(time, offset: view.utcOffset)
      return time.resyncedAt == nil
        ? view.fact(.unaccounted, span, .warn)
        : view.fact(.unaccounted, language.text(.madeGood, span), .muted)
    }
    return lines
  }
}
