package import Domain
import Themes

/// Three lines that say of a workspace what its other panes would, for the narrow layout.
package enum Summary {
  /// The lines of a workspace at a moment.
  package static func lines(of workspace: Workspace, in board: Board, at now: Timestamp) -> [Line] {
    switch workspace {
    case .agents: agents(board.fleet, at: now)
    case .kitchen: kitchen(board.kitchen, at: now)
    case .link: link(board.stream, at: now)
    }
  }

  private static func agents(_ fleet: AgentFleet, at now: Timestamp) -> [Line] {
    let mandates = fleet.mandates
    func mandate(_ status: MandateStatus) -> Int { mandates.count { $0.status == status } }
    let evidence = fleet.evidenceCounts
    let pending = (evidence[.required] ?? 0) + (evidence[.provided] ?? 0)
    let counts = fleet.agentCounts
    let worst = fleet.worstMandates(limit: 2).flatMap { mandate -> [Run] in
      [
        Run(" \(mandate.rate.map(Format.percent) ?? "--")%", MandatesPane.role(of: mandate.status)),
        Run(" \(mandate.name) (\(mandate.satisfied)/\(mandate.observed))", .text),
      ]
    }
    return [
      Line(
        label("mandates") + [Run("seen \(16 - mandate(.neverSeen))/16", .muted)]
          + count(mandate(.ok), "ok", .ok) + count(mandate(.warn), "warn", .warn)
          + count(mandate(.critical), "crit", .critical) + label("  evidence")
          + count(evidence[.pass] ?? 0, "pass", .ok)
          + count(evidence[.fail] ?? 0, "fail", .critical)
          + count(pending, "pend", .warn) + count(evidence[.stale] ?? 0, "stale", .special)
          + [Run(fleet.provenShare.map { " proven \(Format.percent($0))%" } ?? "", .muted)]),
      Line(
        label("agents") + count(counts[.working] ?? 0, "run", .ok)
          + count(counts[.waiting] ?? 0, "wait", .warn)
          + count(counts[.stalled] ?? 0, "stalled", .critical)
          + count(counts[.failed] ?? 0, "failed", .critical)
          + count(counts[.idle] ?? 0, "idle", .muted)
          + label("  tasks") + [Run("\(fleet.taskCounts[.done] ?? 0)/\(fleet.taskCount)", .text)]
          + count(fleet.taskCounts[.blocked] ?? 0, "blocked", .critical)),
      Line(label("worst") + (worst.isEmpty ? [Run("--", .faint)] : worst)),
    ]
  }

  private static func kitchen(_ kitchen: Kitchen, at now: Timestamp) -> [Line] {
    let stations = kitchen.stations.prefix(6).flatMap { station -> [Run] in
      let role: Role = station.loadLevel == .critical ? .critical : .text
      let oldest = station.oldestFiredAt.map { " " + Format.clock(now - $0) } ?? ""
      return [
        Run("\(station.name.prefix(3).uppercased()) ", .faint),
        Run("\(station.open)/\(station.maxOrders.map(String.init) ?? "--")", role),
        Run("\(oldest)  ", .muted),
      ]
    }
    let ages = kitchen.ageCounts
    let late = kitchen.lateShare.map { "\(Format.percent($0))%" } ?? "--"
    let average = kitchen.averageTicketTime.map { Format.clock($0) } ?? "--"
    let allDay = kitchen.allDay(limit: 6).flatMap { total -> [Run] in
      [Run("\(total.name) ", .muted), Run("\(total.total)  ", .text)]
    }
    return [
      Line(stations.isEmpty ? [Run("no station known yet", .faint)] : stations),
      Line(
        label("age") + [Run("\(ages.green) green", .ok)] + count(ages.yellow, "yellow", .warn)
          + count(ages.red, "red", .critical) + count(kitchen.heldCount, "held", .info)
          + count(kitchen.recalledCount, "recalled", .special)
          + count(kitchen.unroutedCount, "unrouted", .critical)
          + label("  late") + [Run(late, .text)] + label("  avg") + [Run(average, .text)]),
      Line(label("all-day") + (allDay.isEmpty ? [Run("--", .faint)] : allDay)),
    ]
  }

  private static func link(_ stream: StreamLedger, at now: Timestamp) -> [Line] {
    var rate = stream.rate
    rate.advance(to: now)
    return [
      Line(
        label("events") + [Run("\(Format.count(stream.received)) received", .text)]
          + count(stream.duplicates, "dup", .info) + count(stream.late, "late", .warn)
          + count(stream.unmapped, "unmapped", .warn)
          + count(stream.malformed, "malformed", .critical)
          + count(stream.coalesced, "coalesced", .info)
          + count(stream.dropped, "dropped", .critical)
          + count(stream.damaged, "damaged", .critical)),
      Line(
        label("rate") + [
          Run("\(Format.count(rate.values.dropLast().last ?? 0))/s", .text),
          Run("  peak \(Format.count(stream.peakRate))/s", .muted),
        ] + label("  gaps")
          + [Run(stream.gaps.map { "\($0), \(stream.missing) missing" } ?? "n/a", .muted)]),
      Line(
        label("links")
          + stream.connections.prefix(3).flatMap { connection -> [Run] in
            let word = HealthWord(connection, at: now)
            return [
              Run("\(word.mark) \(word.word) ", word.role), Run("\(connection.name)  ", .muted),
            ]
          }),
    ]
  }

  static func label(_ text: String) -> [Run] { [Run("\(text) ", .faint)] }

  static func count(_ value: Int, _ word: String, _ role: Role) -> [Run] {
    value > 0 ? [Run(" \(Format.count(value))", role), Run(" \(word)", .muted)] : []
  }
}
