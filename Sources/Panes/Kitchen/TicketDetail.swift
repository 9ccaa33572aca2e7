import Canvas
package import Domain
import Themes

extension TicketsPane {
  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    let kitchen = board.kitchen
    guard let ticket = kitchen.ticket(id) else { return nil }
    return DetailContent(
      title: view.language.text(.ticketTitle, ticket.id),
      lines: facts(ticket, kitchen.order(ticket.order), for: view)
        + items(ticket, kitchen, for: view) + others(ticket, kitchen, for: view)
        + timeline(ticket, for: view))
  }

  private static func facts(
    _ ticket: Ticket, _ order: Order?, for view: DetailView
  ) -> [Line] {
    let language = view.language
    let state = order.map { language.word($0.state) } ?? language.text(.neverSeen)
    var lines: [Line] = [
      [
        Run(language.word(ticket.state), role(of: ticket.age), .bold),
        Run("  \(language.word(ticket.basis))", .muted),
      ],
      view.fact(.order, "\(order?.number ?? ticket.order) \(state)"),
    ]
    let texts: [(Label, String?)] = [
      (.table, order?.table), (.seat, order?.seat), (.resident, order?.resident),
      (.server, order?.server), (.station, ticket.station ?? language.text(.routedNowhere)),
      (.course, ticket.course.map(String.init)), (.reason, ticket.reason),
      (.version, ticket.version.map(String.init)), (.source, ticket.source),
    ]
    lines += texts.compactMap { name, text in text.map { view.fact(name, $0) } }
    if ticket.priority > 0 {
      lines.append(view.fact(.priority, language.text(.priorityOf, "\(ticket.priority)")))
    }
    if ticket.recallCount > 0 { lines.append(view.fact(.recalls, "\(ticket.recallCount)")) }
    if let order {
      lines.append(view.fact(.ordered, language.ago(view.now - order.createdAt)))
    }
    return lines
  }

  /// The items of the ticket; where it has none of its own, as at the pass, those of the order.
  private static func items(
    _ ticket: Ticket, _ kitchen: Kitchen, for view: DetailView
  ) -> [Line] {
    let language = view.language
    let own = kitchen.items(of: ticket)
    let items = own.isEmpty ? kitchen.order(ticket.order).map(kitchen.items(of:)) ?? [] : own
    guard !items.isEmpty else { return [] }
    return view.heading(own.isEmpty ? .itemsOfOrder : .items)
      + items.map { item in
        let extras = item.modifiers + item.allergens.map { language.text(.contains, $0) }
        return Line(
          [
            Run("  \(item.quantity) \(item.name) ", .text),
            Run(extras.joined(separator: language.comma), .info),
            Run(item.conflicts.map { "  " + language.text(.conflictWith, $0) }.joined(), .critical),
          ],
          trailing: [
            Run(item.seat.map { language.text(.seatOf, $0) + " " } ?? "", .muted),
            Run(language.word(item.state), .muted),
          ])
      }
  }

  private static func others(
    _ ticket: Ticket, _ kitchen: Kitchen, for view: DetailView
  ) -> [Line] {
    let others = kitchen.alsoAt(ticket)
    guard !others.isEmpty else { return [] }
    return view.heading(.alsoAt)
      + others.map { other in
        Line(
          [Run("  \(other.station ?? view.text(.nowhere))", .text)],
          trailing: [
            Run(view.language.text(.readyShare, "\(other.ready)/\(other.total)"), .muted)
          ])
      }
  }

  private static func timeline(_ ticket: Ticket, for view: DetailView) -> [Line] {
    let steps: [(Label, Timestamp?)] = [
      (.routedStep, ticket.routedAt), (.firedStep, ticket.firedAt),
      (.startedStep, ticket.startedAt),
      (.bumpedStep, ticket.bumpedAt), (.recalledStep, ticket.recalledAt),
    ]
    let known = steps.compactMap { name, moment in moment.map { (name, $0) } }
      .sorted { $0.1 < $1.1 }
    return view.heading(.timeline)
      + known.map { name, moment in
        [
          Run("  \(Format.timeOfDay(moment, offset: view.utcOffset)) ", .muted),
          Run(view.text(name)),
        ]
      }
  }
}
