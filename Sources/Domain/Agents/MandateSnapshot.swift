// Mandate snapshots read: the counts they tell are taken as of their moment.

extension MandateBook {
  /// Takes a snapshot's counts for what happened at its moment.
  mutating func restore(
    _ event: Event, at now: Timestamp, context: inout BoardContext
  ) {
    guard let records = event.data.records(.mandates) else { return }
    let asOf = min(event.data.moment(.asOf) ?? event.time ?? now, now)
    mandates = MandateCatalogue.mandates
    window = MandateWindow()
    for record in records {
      guard let index = index(of: record) else {
        context.reportUnmapped(
          record.text(.mandate) ?? record.text(.key) ?? "mandate without key", event: event,
          at: now)
        continue
      }
      restore(record, index: index, asOf: asOf, now: now)
    }
    settle(now: now, context: &context)
    for index in mandates.indices { judge(index, at: now, context: &context) }
    context.changes.insert(.mandates)
  }

  private mutating func restore(
    _ record: Fields, index: Int, asOf: Timestamp, now: Timestamp
  ) {
    var left = (
      satisfied: Self.amount(record, .satisfied), violated: Self.amount(record, .violated)
    )
    let last = record.moment(.lastEventAt)
    if left.satisfied + left.violated > 0 || last != nil {
      mandates[index].firstSeen = record.moment(.firstSeen) ?? last ?? asOf
      mandates[index].lastEventAt = last ?? asOf
    }
    for point in record.records(.points) ?? [] {
      guard let id = point.text(.id) ?? point.text(.point),
        let place = place(of: id, in: index)
      else { continue }
      let satisfied = min(left.satisfied, Self.amount(point, .satisfied))
      let violated = min(left.violated, Self.amount(point, .violated))
      left = (left.satisfied - satisfied, left.violated - violated)
      mandates[index].points[place].lastAt = point.moment(.lastEventAt)
      add(
        MandateWindow.Entry(
          mandate: index, point: place, satisfied: satisfied, violated: violated, at: asOf))
    }
    add(
      MandateWindow.Entry(
        mandate: index, point: -1, satisfied: left.satisfied, violated: left.violated, at: asOf))
  }

  private static func amount(_ record: Fields, _ field: Field) -> Int {
    Int(min(1_000_000, max(0, record.integer(field) ?? 0)))
  }
}
