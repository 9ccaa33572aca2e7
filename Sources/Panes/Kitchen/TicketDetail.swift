import Canvas
package import Domain
import Themes

extension TicketsPane {
  package static func detail(
    of id: String, in board: Board, at now: Timestamp, utcOffset: Span
  ) -> DetailContent? {
    let kitchen = board.kitchen
    guard let ticket = kitchen.ticket(id) else { return nil }
    return DetailContent(
      title: "Ticket \(ticket.id)",
      lines: facts(ticket, kitchen.order(ticket.order), at: now) + items(ticket, kitchen)
        + others(ticket, kitchen) + timeline(ticket, utcOffset))
  }

  private static func facts(_ ticket: Ticket, _ order: Order?, at now: Timestamp) -> [Line] {
    var lines: [Line] = [
      [
        Run(ticket.state.rawValue, role(of: ticket.age), .bold),
        Run("  \(ticket.basis.rawValue)", .muted),
      ],
      fact("order", "\(order?.number ?? ticket.order) \(order?.state.rawValue ?? "never seen")"),
    ]
    let texts: [(String, String?)] = [
      ("table", order?.table), ("seat", order?.seat), ("resident", order?.resident),
      ("server", order?.server), ("station", ticket.station ?? "none: routed nowhere"),
      ("course", ticket.course.map(String.init)), ("reason", ticket.reason),
      ("version", ticket.version.map(String.init)), ("source", ticket.source),
    ]
    lines += texts.compactMap { name, text in text.map { fact(name, $0) } }
    if ticket.priority > 0 { lines.append(fact("priority", "\(ticket.priority) of 10")) }
    if ticket.recallCount > 0 { lines.append(fact("recalls", "\(ticket.recallCount)")) }
    if let order {
      lines.append(fact("ordered", "\(Format.clock(now - order.createdAt)) ago"))
    }
    return lines
  }

  /// The items of the ticket; where it has none of its own, as at the pass, those of the order.
  private static func items(_ ticket: Ticket, _ kitchen: Kitchen) -> [Line] {
    let own = kitchen.items(of: ticket)
    let items = own.isEmpty ? kitchen.order(ticket.order).map(kitchen.items(of:)) ?? [] : own
    guard !items.isEmpty else { return [] }
    return [.blank, Line(own.isEmpty ? "items of the order" : "items", .faint)]
      + items.map { item in
        let extras = item.modifiers + item.allergens.map { "contains \($0)" }
        return Line(
          [
            Run("  \(item.quantity) \(item.name) ", .text),
            Run(extras.joined(separator: ", "), .info),
            Run(item.conflicts.map { "  conflict: \($0)" }.joined(), .critical),
          ],
          trailing: [Run("\(item.seat.map { "seat \($0) " } ?? "")\(item.state.rawValue)", .muted)])
      }
  }

  private static func others(_ ticket: Ticket, _ kitchen: Kitchen) -> [Line] {
    let others = kitchen.alsoAt(ticket)
    guard !others.isEmpty else { return [] }
    return [.blank, Line("also at", .faint)]
      + others.map { other in
        Line(
          [Run("  \(other.station ?? "no station")", .text)],
          trailing: [Run("\(other.ready)/\(other.total) ready", .muted)])
      }
  }

  private static func timeline(_ ticket: Ticket, _ utcOffset: Span) -> [Line] {
    let steps: [(String, Timestamp?)] = [
      ("routed", ticket.routedAt), ("fired", ticket.firedAt), ("started", ticket.startedAt),
      ("bumped", ticket.bumpedAt), ("recalled", ticket.recalledAt),
    ]
    let known = steps.compactMap { name, moment in moment.map { (name, $0) } }
      .sorted { $0.1 < $1.1 }
    return [.blank, Line("timeline", .faint)]
      + known.map { name, moment in
        [Run("  \(Format.timeOfDay(moment, offset: utcOffset)) ", .muted), Run(name)]
      }
  }
}
