// Bumps: what they add to the statistics, and whether one took suspiciously long.

extension Kitchen {
  /// The bumps after which a station's mean is worth comparing with.
  static var anomalyMinimum: UInt64 { 10 }

  /// Counts a bump of which the duration is known.
  mutating func noteBump(
    _ slot: Int, _ ticket: Ticket, _ report: KitchenReport, context: inout BoardContext
  ) {
    guard let bumpedAt = ticket.bumpedAt, let prep = prep(of: ticket, report) else { return }
    let station = ticket.station.flatMap { stationBook.table.slot(of: $0) }
    let red = station.map { stationBook.limits($0).red } ?? .seconds(600)
    statistics.bumped.add(at: bumpedAt)
    if prep > red { statistics.bumpedLate.add(at: bumpedAt) }
    statistics.stationTimes.add(prep, at: bumpedAt)
    statistics.advance(to: report.now)
    timers.arm(.kitchenWindow, slot: 0, at: report.now.nextMinute)
    guard let station else { return }
    if !report.isSnapshot {
      judgePrep(prep, of: ticket, at: station, report, context: &context)
    }
    stationBook.table.update(station) { $0.note(prep, isLate: prep > red, at: bumpedAt) }
    timers.arm(.stationWindow, slot: station, at: report.now.nextMinute)
  }

  /// Told, else from the start of the clock; at most a day.
  private func prep(of ticket: Ticket, _ report: KitchenReport) -> Span? {
    if let seconds = report.integer(.prepS, 0...86_400) { return .seconds(seconds) }
    guard let bumpedAt = ticket.bumpedAt, let clock = ticket.clockStart else { return nil }
    return min(.minutes(24 * 60), max(.zero, bumpedAt - clock))
  }

  /// An unusual bump is a matter of the moment: its alert clears by itself.
  private func judgePrep(
    _ prep: Span, of ticket: Ticket, at slot: Int, _ report: KitchenReport,
    context: inout BoardContext
  ) {
    guard let (count, total) = stationBook.prepTotals(slot), count >= Self.anomalyMinimum else {
      return
    }
    let mean = total.microseconds / Int64(clamping: count)
    guard prep.microseconds > mean * 2 else { return }
    context.alerts.raise(
      .prepAnomaly, subject: ticket.id,
      text: "\(prep.wholeSeconds) s, mean \(mean / 1_000_000) s at \(ticket.station ?? "")",
      cause: report.cause, at: report.now, changes: &context.changes)
    context.alerts.withdraw(
      .prepAnomaly, subject: ticket.id, at: report.now, changes: &context.changes)
  }
}

extension Station {
  fileprivate mutating func note(_ span: Span, isLate: Bool, at moment: Timestamp) {
    bumped.add(at: moment)
    if isLate { bumpedLate.add(at: moment) }
    prepSeconds.add(span.wholeSeconds, at: moment)
    prep.record(span)
    prepTotal = Span(microseconds: prepTotal.microseconds &+ span.microseconds)
  }

  /// Lets bumps fall out of the windows; false when none is left.
  mutating func advance(to now: Timestamp) -> Bool {
    bumped.advance(to: now)
    bumpedLate.advance(to: now)
    prepSeconds.advance(to: now)
    return bumped.total > 0
  }
}
