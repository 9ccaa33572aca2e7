// What restores the kitchen on an empty board. Windows of the past are not restored, but for the
// bumps and orders that are still listed, which count again.

extension Kitchen {
  /// The events that restore this kitchen: `kds.snapshot`, `presence.sync`, then what no
  /// snapshot has a place for: items sold out everywhere, locks, preferences and spoken orders.
  package func snapshotEvents(
    source: String, sequence: Int64, asOf: Timestamp
  ) -> [Event] {
    var events: [Event] = []
    let add = { (kind: EventKind, data: Fields) in
      events.append(
        Event(
          id: "snapshot-\(sequence)-kitchen-\(events.count)", source: source, type: .known(kind),
          time: asOf, sequence: sequence, sequenceBasis: .adapter, data: data))
    }
    add(.kitchenSnapshot, collections(asOf: asOf))
    let people = presence.table.entities.map(\.record)
    add(.presenceSync, Fields([.presences: .records(people)]))
    for name in soldOutEverywhere { add(.menuItem86, Fields([.name: .string(name)])) }
    for lock in lockTable.entities { add(.lockAcquired, lock.record) }
    for preference in preferences.entities {
      add(preference.suggestion.kind, preference.record)
    }
    for transcription in voice.ring.elements { add(transcription.kind, transcription.record) }
    for index in events.indices.suffix(voice.ring.count) {
      let age = events.count - 1 - index
      if let at = voice.ring.newest(age)?.at { events[index].time = at }
    }
    return events
  }

  private func collections(asOf: Timestamp) -> Fields {
    Fields([
      .asOf: .string(asOf.rfc3339),
      .stations: .records(stations.map(\.record)),
      .tables: .records(floor.tables.entities.map(\.record)),
      .servers: .records(servers.map(\.record)),
      .orders: .records(orderBook.table.entities.map(\.record)),
      .tickets: .records(ticketBook.table.entities.map(\.record)),
      .items: .records(itemTable.entities.map(\.record)),
    ])
  }
}

extension SuggestionState {
  fileprivate var kind: EventKind {
    switch self {
    case .offered: .preferenceOffered
    case .accepted: .preferenceAccepted
    case .overridden: .preferenceOverridden
    }
  }
}

extension Transcription {
  fileprivate var kind: EventKind {
    switch state {
    case .partial: .voicePartial
    case .final: .voiceFinal
    case .failed: .voiceFailed
    }
  }
}
