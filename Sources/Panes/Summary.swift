package import Domain
import Themes

/// Three lines that say of a workspace what its other panes would, for the narrow layout.
package enum Summary {
  /// The lines of a workspace at a moment.
  package static func lines(
    of workspace: Workspace, in board: Board, at now: Timestamp, in language: Language = .english
  ) -> [Line] {
    switch workspace {
    case .agents: agents(board.fleet, language)
    case .kitchen: kitchen(board.kitchen, at: now, language)
    case .link: link(board.stream, at: now, language)
    }
  }

  private static func agents(_ fleet: AgentFleet, _ language: Language) -> [Line] {
    let mandates = fleet.mandates
    func mandate(_ status: MandateStatus) -> Int { mandates.count { $0.status == status } }
    func text(_ label: Label) -> String { language.text(label) }
    func label(_ label: Label, indent: Int = 0) -> [Run] {
      Self.label(language.text(label), indent: indent)
    }
    let counts = fleet.agentCounts
    let proven =
      fleet.provenShare.map {
        [Run(" \(text(.proven))", .muted), Run(" \(Format.percent($0))%", .muted)]
      } ?? []
    let worst = fleet.worstMandates(limit: 2).flatMap { mandate -> [Run] in
      [
        Run(" \(mandate.rate.map(Format.percent) ?? "--")%", MandatesPane.role(of: mandate.status)),
        Run(" \(language.name(mandate)) (\(mandate.satisfied)/\(mandate.observed))", .text),
      ]
    }
    return [
      Line(
        label(.mandates)
          + [Run(language.text(.seenShare, "\(16 - mandate(.neverSeen))/16"), .muted)]
          + count(mandate(.ok), text(.okCount), .ok)
          + count(mandate(.warn), text(.warnCount), .warn)
          + count(mandate(.critical), text(.criticalCount), .critical)
          + label(.evidences, indent: 2) + evidenceCounts(fleet, language)
          + proven),
      Line(
        label(.agents) + count(counts[.working] ?? 0, text(.running), .ok)
          + count(counts[.waiting] ?? 0, text(.waiting), .warn)
          + count(counts[.stalled] ?? 0, language.text(.stalled, .masculine), .critical)
          + count(counts[.failed] ?? 0, language.text(.failed, .masculine), .critical)
          + count(counts[.idle] ?? 0, language.text(.idle, .masculine), .muted)
          + label(.tasks, indent: 2)
          + [Run("\(fleet.taskCounts[.done] ?? 0)/\(fleet.taskCount)", .text)]
          + count(
            fleet.taskCounts[.blocked] ?? 0, language.text(.blocked, .feminine), .critical)),
      Line(label(.worst) + (worst.isEmpty ? [Run("--", .faint)] : worst)),
    ]
  }

  /// Claims by what became of them.
  static func evidenceCounts(_ fleet: AgentFleet, _ language: Language) -> [Run] {
    let counts = fleet.evidenceCounts
    let pending = (counts[.required] ?? 0) + (counts[.provided] ?? 0)
    return count(counts[.pass] ?? 0, language.text(.passBrief, .masculine), .ok)
      + count(counts[.fail] ?? 0, language.text(.fail, .masculine), .critical)
      + count(pending, language.text(.pend, .masculine), .warn)
      + count(counts[.stale] ?? 0, language.text(.stale, .masculine), .special)
  }

  private static func kitchen(
    _ kitchen: Kitchen, at now: Timestamp, _ language: Language
  ) -> [Line] {
    func label(_ label: Label, indent: Int = 0) -> [Run] {
      Self.label(language.text(label), indent: indent)
    }
    let stations = kitchen.stations.prefix(6).flatMap { station -> [Run] in
      let role: Role = station.loadLevel == .critical ? .critical : .text
      let oldest = station.oldestFiredAt.map { " " + Format.clock(now - $0) } ?? ""
      return [
        Run("\(language.shortName(station)) ", .faint),
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
      Line(stations.isEmpty ? [Run(language.text(.noStation), .faint)] : stations),
      Line(
        label(.ageLine) + [Run(language.text(.greenTickets, String(ages.green)), .ok)]
          + count(ages.yellow, language.text(.yellowTickets), .warn)
          + count(ages.red, language.text(.redTickets), .critical)
          + ticketCounts(kitchen, language)
          + label(.late, indent: 2) + [Run(late, .text)]
          + label(.average, indent: 2) + [Run(average, .text)]),
      Line(label(.allDay) + (allDay.isEmpty ? [Run("--", .faint)] : allDay)),
    ]
  }

  /// Tickets that are out of the usual course.
  static func ticketCounts(_ kitchen: Kitchen, _ language: Language) -> [Run] {
    count(kitchen.heldCount, language.text(.held, .feminine), .info)
      + count(kitchen.recalledCount, language.text(.recalled, .feminine), .special)
      + count(kitchen.unroutedCount, language.text(.unrouted, .feminine), .critical)
  }

  private static func link(
    _ stream: StreamLedger, at now: Timestamp, _ language: Language
  ) -> [Line] {
    func label(_ label: Label, indent: Int = 0) -> [Run] {
      Self.label(language.text(label), indent: indent)
    }
    func count(_ value: Int, _ quality: Quality, _ role: Role) -> [Run] {
      Self.count(value, language.text(quality, .masculine), role)
    }
    var rate = stream.rate
    rate.advance(to: now)
    let gaps =
      stream.gaps.map { language.text(.gapSums, String($0), String(stream.missing)) }
      ?? language.text(.notKnown)
    return [
      Line(
        label(.events)
          + [Run(language.text(.eventsReceived, Format.count(stream.received)), .text)]
          + count(stream.duplicates, .duplicate, .info) + count(stream.late, .lateEvent, .warn)
          + count(stream.unmapped, .unmappedEvent, .warn)
          + count(stream.malformed, .malformed, .critical)
          + count(stream.coalesced, .coalescedEvent, .info)
          + count(stream.dropped, .droppedEvent, .critical)
          + count(stream.damaged, .damagedEvent, .critical)),
      Line(
        label(.rate) + [
          Run(
            language.text(.ratePerSecond, Format.count(rate.values.dropLast().last ?? 0)), .text),
          Run("  \(language.text(.peakPerSecond, Format.count(stream.peakRate)))", .muted),
        ] + label(.gaps, indent: 2) + [Run(gaps, .muted)]),
      Line(
        label(.links)
          + stream.connections.prefix(3).flatMap { connection -> [Run] in
            let word = HealthWord(connection, at: now, in: language)
            return [
              Run("\(word.mark) \(word.word) ", word.role), Run("\(connection.name)  ", .muted),
            ]
          }),
    ]
  }

  private static func label(_ text: String, indent: Int) -> [Run] {
    [Run("\(String(repeating: " ", count: indent))\(text) ", .faint)]
  }

  static func count(_ value: Int, _ word: String, _ role: Role) -> [Run] {
    value > 0 ? [Run(" \(Format.count(value))", role), Run(" \(word)", .muted)] : []
  }
}
