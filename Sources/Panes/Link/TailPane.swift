package import Domain
import Themes

/// The newest events as they came, those not applied included.
package enum TailPane: Pane {
  package static let sources: Changes.Collections = .stream

  private static let columns = [
    Column(.arrivedColumn, width: 8), Column("", width: 4, arabic: 5),
    Column(.eventTypeColumn, width: 18, growth: 1), Column(.subjectColumn, width: 12, growth: 1),
    Column(.dataColumn, width: 12, growth: 4, dispensable: 1),
    Column(.sourceColumn, width: 10, growth: 1, dispensable: 2),
    Column(.sequenceColumn, width: 7, .trailing, dispensable: 3),
  ]

  package static func content(of board: Board, in view: PaneView) -> PaneContent {
    let tail = board.stream.tail
    let limit = view.tableRows(reserving: 0)
    let rows = (view.first..<view.first + limit).compactMap { tail.newest($0) }
      .map { row($0, in: view) }
    return PaneContent(
      title: [Run(" " + view.language.text(.newestFirst, "\(tail.count)"), .muted)],
      table: TableContent(
        columns, rows: rows, first: view.first, total: tail.count, selected: view.selected,
        emptyText: view.text(.noEvent)))
  }

  package static func detail(
    of id: String, in board: Board, for view: DetailView
  ) -> DetailContent? {
    guard let arrival = board.stream.tail.elements.last(where: { rowID($0) == id }) else {
      return nil
    }
    let event = arrival.event
    var lines: [Line] = [
      view.fact(.type, event.type.name), view.fact(.id, event.id),
      view.fact(.source, event.source), view.fact(.subject, event.subject ?? "--"),
      view.fact(.time, event.time?.rfc3339 ?? "--"), view.fact(.arrived, arrival.at.rfc3339),
      view.fact(
        .sequence,
        event.sequence.map { "\($0) (\(view.language.word(event.sequenceBasis)))" } ?? "--"),
    ]
    lines += view.heading(.data)
    lines += event.data.entries.map { entry in
      [Run("  \(entry.field.rawValue) ", .muted), Run(text(entry.value), .text)]
    }
    return DetailContent(title: view.language.text(.eventTitle, event.id), lines: lines)
  }

  /// One line about the newest event, for the status line.
  package static func newest(
    in board: Board, utcOffset: Span, language: Language = .english
  ) -> [Run] {
    guard let arrival = board.stream.tail.newest(0) else {
      return [Run(language.text(.noEvent), .faint)]
    }
    let event = arrival.event
    return [
      Run(Format.timeOfDay(arrival.at, offset: utcOffset) + " ", .faint),
      Run(event.type.name, .info),
      Run(" \(event.subject ?? "")", .text), Run("  " + summary(event), .muted),
    ]
  }

  /// One event as a line of plain text.
  package static func line(_ arrival: StreamLedger.Arrival) -> String {
    let event = arrival.event
    let mark = mark(arrival).0?.english ?? ""
    return [
      arrival.at.rfc3339, event.type.name, event.subject ?? "-", summary(event),
      mark.isEmpty ? "" : "(\(mark))",
    ].filter { !$0.isEmpty }.map(visible).joined(separator: " ")
  }

  /// Control characters as pictures: what is in an event must not steer a terminal.
  private static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return text
    }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          guard scalar.properties.generalCategory == .control else { return scalar }
          return Unicode.Scalar(scalar.value < 0x20 ? 0x2400 + scalar.value : 0xFFFD) ?? "?"
        }))
  }

  private static func rowID(_ arrival: StreamLedger.Arrival) -> String {
    "\(arrival.event.id)\u{1F}\(arrival.at.microseconds)"
  }

  private static func row(_ arrival: StreamLedger.Arrival, in view: PaneView) -> TableRow {
    let event = arrival.event
    let (mark, role) = mark(arrival)
    return TableRow(
      id: rowID(arrival),
      [
        .text(view.timeOfDay(arrival.at), .faint),
        .text(mark.map { view.language.text($0, .masculine) } ?? "", role),
        .text(event.type.name, arrival.admission == .apply ? .text : .muted),
        .text(event.subject ?? "-", .muted), .text(summary(event), .muted),
        .text(event.source, .faint), .text(event.sequence.map(String.init) ?? "-", .faint),
      ])
  }

  private static func mark(_ arrival: StreamLedger.Arrival) -> (Quality?, Role) {
    switch (arrival.admission, arrival.event.type) {
    case (.duplicate, _): (.duplicate, .info)
    case (.late, _): (.lateEvent, .warn)
    case (.apply, .unmapped): (Quality("?", "?"), .warn)
    case (.apply, .known): (nil, .muted)
    }
  }

  private static func summary(_ event: Event) -> String {
    event.data.entries.filter { !moments.contains($0.field) }.prefix(6)
      .map { "\($0.field.rawValue)=\(text($0.value))" }.joined(separator: " ")
  }

  /// Long to write and seldom what one looks for; the detail has them.
  private static let moments: Set<Field> = [
    .asOf, .at, .bumpedAt, .createdAt, .expiresAt, .firedAt, .joinedAt, .lastEventAt, .lastSeen,
    .recalledAt, .routedAt, .since, .startedAt,
  ]

  private static func text(_ value: FieldValue) -> String {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): Format.decimal(number, places: 2)
    case .bool(let flag): flag ? "yes" : "no"
    case .null: "withdrawn"
    case .strings(let texts): texts.joined(separator: ",")
    case .records(let records): "[\(records.count)]"
    }
  }
}
