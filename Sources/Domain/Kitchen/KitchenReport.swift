/// What an event, or one record of a snapshot, says of one entity.
struct KitchenReport {
  /// The entity's id.
  let id: String
  let data: Fields
  /// The event's id and source.
  let cause: String, source: String
  /// When it happened: at its origin if told, never after it arrived.
  let at: Timestamp
  /// When it arrived.
  let now: Timestamp
  /// Whether it tells a state that was reached before, not a step that was just taken.
  let isSnapshot: Bool

  /// What `event` says of the entity of the given kind; nil when it names none.
  init?(_ event: Event, of field: Field, at now: Timestamp) {
    guard let id = event.entity(field), !id.isEmpty else { return nil }
    self.id = id
    data = event.data
    cause = event.id
    source = event.source
    at = min(event.time ?? now, now)
    self.now = now
    isSnapshot = false
  }

  /// What a record inside a report says; nil when neither it nor `fallback` names an entity.
  init?(
    _ record: Fields, of field: Field, else fallback: String? = nil, in event: KitchenEnvelope,
    isSnapshot: Bool = true
  ) {
    guard let id = record.text(field) ?? record.text(.id) ?? fallback, !id.isEmpty else {
      return nil
    }
    self.id = id
    data = record
    cause = event.cause
    source = record.text(.source) ?? event.source
    at = event.at
    now = event.now
    self.isSnapshot = isSnapshot
  }

  /// What we conclude of an entity by ourselves.
  init(concluding id: String, source: String, at now: Timestamp) {
    self.id = id
    data = Fields()
    cause = ""
    self.source = source
    at = now
    self.now = now
    isSnapshot = false
  }

  /// What its records inherit.
  var envelope: KitchenEnvelope {
    KitchenEnvelope(cause: cause, source: source, at: at, now: now)
  }

  /// A moment it names, else when it happened; never after it arrived.
  func moment(_ field: Field) -> Timestamp { min(data.moment(field) ?? at, now) }

  /// A moment it names; never after it arrived.
  func told(_ field: Field) -> Timestamp? { data.moment(field).map { min($0, now) } }

  /// A whole number within bounds.
  func integer(_ field: Field, _ range: ClosedRange<Int64>) -> Int64? {
    data.integer(field).map { min(range.upperBound, max(range.lowerBound, $0)) }
  }

  /// Replaces a text that it tells and removes one that it withdraws.
  func update(_ text: inout String?, _ field: Field) {
    if data.withdraws(field) { text = nil } else if let new = data.text(field) { text = new }
  }

  /// Replaces a number that it tells and removes one that it withdraws.
  func update(_ number: inout Int64?, _ field: Field, _ range: ClosedRange<Int64>) {
    if data.withdraws(field) {
      number = nil
    } else if let new = integer(field, range) {
      number = new
    }
  }

  /// Replaces a list that it tells, cut to `bound`; empties one that it withdraws.
  func update(_ list: inout [String], _ field: Field, bound: Int = 64) {
    if data.withdraws(field) {
      list = []
    } else if let new = data.texts(field) {
      list = Array(new.prefix(bound))
    }
  }

  /// A word of a closed vocabulary; one outside it is reported and counts as not told.
  func word<Word: RawRepresentable>(
    _ field: Field, context: inout BoardContext
  ) -> Word? where Word.RawValue == String {
    guard let text = data.text(field) else { return nil }
    if let word = Word(rawValue: text) { return word }
    context.reportUnmapped(
      text, event: Event(id: cause, source: source, type: .unmapped(text)), at: now)
    return nil
  }
}

/// What the records of one event have in common.
struct KitchenEnvelope {
  let cause: String, source: String
  let at: Timestamp, now: Timestamp
}
