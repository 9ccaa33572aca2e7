import Domain
import Recording
import Wire

/// A stretch of a tape in memory with sessions along it, so that a step to either side costs no
/// more than the few entries from the nearest of them.
struct TapeWindow {
  /// Where taking an event back led.
  enum Undoing {
    case beforeItsEntry, afterTheOneBefore
  }

  /// The line of a tape's first entry.
  static let firstLine = 2
  /// The lines read before a place that is stepped back from.
  static let stretch = 512
  /// The entries between two sessions that are kept.
  private static let spacing = 64
  /// The most entries and bytes of frames; beyond it the first of them go.
  static let entryBound = 1_024, byteBound = 16 << 20

  /// The line of the first entry.
  private(set) var line: Int
  private var entries: [TapeEntry] = []
  /// The line after each entry.
  private var lines: [Int] = []
  private var bytes = 0
  /// How many events each entry brought; known of those that were taken.
  private var events: [Int] = []
  /// Sessions before entries, by their places, the first one before all of them.
  private var kept: [(place: Int, session: Session)]
  /// The place of the entry that is taken next.
  private var place = 0
  /// What the place is, where only the first events of the entry were taken.
  private var inside: (before: Session, taken: Int)?

  /// An empty stretch before a line.
  init(at line: Int, _ session: Session) {
    self.line = line
    kept = [(0, session)]
  }

  /// The entry that is taken next, or the rest of it.
  var next: TapeEntry? { place < entries.count ? entries[place] : nil }

  /// Adds the entry after the last one; `line` is the one after it.
  mutating func append(_ entry: TapeEntry, line: Int) {
    while entries.count >= Self.entryBound || bytes >= Self.byteBound, kept.count > 1,
      kept[1].place <= place
    {
      dropFirst()
    }
    entries.append(entry)
    lines.append(line)
    bytes += entry.frameSize
  }

  /// Takes the next entry, or the rest of it; false when there is none.
  mutating func takeWhole(_ session: inout Session) -> Bool {
    guard let entry = next else { return false }
    if let inside { session = inside.before }
    inside = nil
    keep(session)
    let received = session.board.stream.received
    session.ingest(entry)
    note(session.board.stream.received - received)
    place += 1
    return true
  }

  /// Takes one event more; false when the entry has no more: then it is taken whole.
  mutating func stepForward(_ session: inout Session) -> Bool {
    guard let entry = next else { return false }
    let before = inside?.before ?? session
    let taken = inside?.taken ?? 0
    let count = before.countEvents(in: entry)
    guard taken + 1 < count else { return takeWhole(&session) && taken < count }
    if taken == 0 { keep(session) }
    note(count)
    stand(after: taken + 1, of: entry, before, &session)
    return true
  }

  /// Takes the newest event back; nothing when there is none before the place.
  mutating func undo(_ session: inout Session) -> Undoing? {
    if let inside {
      guard inside.taken > 1, let entry = next else {
        go(to: place, &session)
        return .beforeItsEntry
      }
      stand(after: inside.taken - 1, of: entry, inside.before, &session)
      return .afterTheOneBefore
    }
    guard let newest = lastWithEvents(before: place) else { return nil }
    go(to: newest, &session)
    guard events[newest] > 1 else { return .beforeItsEntry }
    stand(after: events[newest] - 1, of: entries[newest], session, &session)
    return .afterTheOneBefore
  }

  /// Goes back to right after the newest event; false when there is none before the place.
  mutating func settle(_ session: inout Session) -> Bool {
    guard let newest = lastWithEvents(before: place) else { return false }
    go(to: newest, &session)
    return takeWhole(&session)
  }

  /// Stands after the first events of the next entry.
  private mutating func stand(
    after taken: Int, of entry: TapeEntry, _ before: Session, _ session: inout Session
  ) {
    session = before
    session.ingest(entry, events: taken)
    inside = (before, taken)
  }

  /// Goes to before an entry, from the nearest session that is kept.
  private mutating func go(to place: Int, _ session: inout Session) {
    guard let nearest = kept.last(where: { $0.place <= place }) else { return }
    session = nearest.session
    for entry in entries[nearest.place..<place] { session.ingest(entry) }
    self.place = place
    inside = nil
  }

  private func lastWithEvents(before place: Int) -> Int? {
    events[..<min(place, events.count)].lastIndex { $0 > 0 }
  }

  private mutating func note(_ count: Int) {
    if place < events.count { events[place] = count } else { events.append(count) }
  }

  private mutating func keep(_ session: Session) {
    guard let last = kept.last, place - last.place >= Self.spacing else { return }
    kept.append((place, session))
  }

  /// Forgets the entries before the second session that is kept.
  private mutating func dropFirst() {
    kept.removeFirst()
    let count = kept[0].place
    line = lines[count - 1]
    bytes -= entries[..<count].reduce(0) { $0 + $1.frameSize }
    entries.removeFirst(count)
    lines.removeFirst(count)
    events.removeFirst(min(count, events.count))
    for index in kept.indices { kept[index].place -= count }
    place -= count
  }
}

extension TapeEntry {
  fileprivate var frameSize: Int {
    if case .inbound(_, .frame(_, let bytes)) = body { bytes.count } else { 0 }
  }
}

extension Session {
  /// Takes in an entry of a tape; of its events, only the first `limit`.
  mutating func ingest(_ entry: TapeEntry, events limit: Int = .max) {
    guard let inbound = entry.inbound else { return advance(to: entry.at) }
    ingest(inbound, events: limit)
  }

  fileprivate func countEvents(in entry: TapeEntry) -> Int {
    entry.inbound.map { countEvents(in: $0) } ?? 0
  }
}

extension TapeEntry {
  /// What arrived; nil of a line that is about something else.
  fileprivate var inbound: Inbound? {
    guard case .inbound(let connection, let body) = body else { return nil }
    return Inbound(connection: connection, at: at, body: body)
  }
}
