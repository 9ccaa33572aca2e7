/// One CloudEvents 1.0 event, decoded; the unit the board applies.
package struct Event: Codable, Hashable, Sendable {
  /// The CloudEvents `id`; unique within `source`.
  package var id: String
  /// The CloudEvents `source`: who says so.
  package var source: String
  /// The CloudEvents `type`, matched against the catalogue.
  package var type: EventType
  /// The CloudEvents `subject`, as `collection/entity` (`ticket/204:grill`), if given.
  package var subject: String?
  /// The CloudEvents `time`: when it happened at its origin, if given.
  package var time: Timestamp?
  /// The CloudEvents `sequence` as a number, if given and numeric.
  package var sequence: Int64?
  /// Who numbered `sequence`; only an upstream number can show a gap.
  package var sequenceBasis: SequenceBasis
  /// The members of `data` that the catalogue knows.
  package var data: Fields

  /// An event of a catalogue kind.
  package init(
    id: String, source: String, type: EventType, subject: String? = nil, time: Timestamp? = nil,
    sequence: Int64? = nil, sequenceBasis: SequenceBasis = .unstated, data: Fields = Fields()
  ) {
    self.id = id
    self.source = source
    self.type = type
    self.subject = subject
    self.time = time
    self.sequence = sequence
    self.sequenceBasis = sequenceBasis
    self.data = data
  }

  /// The entity's id: the named field, else `id` in the data, else the subject after its last
  /// `collection/`. Nil when the event names no entity.
  package func entity(_ field: Field) -> String? {
    if let named = data.text(field) ?? data.text(.id) { return named }
    guard let subject, let slash = subject.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      return nil
    }
    let rest = subject[subject.utf8.index(after: slash)...]
    return rest.isEmpty ? nil : String(rest)
  }
}

/// Who counted an event's `sequence` (our CloudEvents extension `seqbasis`).
package enum SequenceBasis: String, Hashable, NumberedCase, Sendable {
  /// The origin system: a jump is a gap.
  case upstream
  /// An adapter on our side: a jump says nothing about the origin.
  case adapter
  /// Not said; treated as an adapter's.
  case unstated = ""
}

/// How a state came to be known.
package enum Basis: String, Hashable, NumberedCase, Sendable {
  /// An event said so.
  case asserted
  /// Podium concluded it from other events or from silence.
  case inferred
}
