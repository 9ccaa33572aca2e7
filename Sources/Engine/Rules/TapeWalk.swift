package import Domain
import Recording
import Wire

/// Plays a tape as fast as it can be read, and lets somebody look at the board after each entry and
/// at each moment at which time alone changes something.
package struct TapeWalk {
  /// The session so far.
  package private(set) var session: Session
  private let input: TapeInput
  private let end: Timestamp?

  /// A walk from a moment, or the beginning, to another, or the end.
  package init(
    _ input: TapeInput, from start: Timestamp? = nil, to end: Timestamp? = nil
  ) throws(FileError) {
    self.input = input
    self.end = end
    session = try Session(playing: input, until: start ?? input.header.start)
  }

  /// Goes on to the end, or until `look` answers false; `look` gets the session and the collections
  /// that changed since it last looked. Time also stops where `nextLook` wants it to.
  ///
  /// - Returns: false when `look` ended it.
  @discardableResult
  package mutating func run(
    nextLook: () -> Timestamp?, _ look: (Session, Changes.Collections) -> Bool
  ) throws(FileError) -> Bool {
    guard see(look) else { return false }
    while let entry = try input.peek(), end.map({ entry.at <= $0 }) ?? true {
      guard pass(before: entry.at, nextLook, look) else { return false }
      _ = try input.next()
      guard case .inbound(let connection, let body) = entry.body else { continue }
      session.ingest(Inbound(connection: connection, at: entry.at, body: body))
      guard see(look) else { return false }
    }
    guard let end, end > session.now else { return true }
    guard pass(before: end, nextLook, look) else { return false }
    session.advance(to: end)
    return see(look)
  }

  /// Lets time pass up to a moment, stopping where the board or whoever looks is due.
  private mutating func pass(
    before moment: Timestamp, _ nextLook: () -> Timestamp?,
    _ look: (Session, Changes.Collections) -> Bool
  ) -> Bool {
    while let due = [session.board.nextDue, nextLook()].compactMap(\.self)
      .filter({ $0 > session.now && $0 < moment }).min()
    {
      session.advance(to: due)
      guard see(look) else { return false }
    }
    return true
  }

  private mutating func see(_ look: (Session, Changes.Collections) -> Bool) -> Bool {
    look(session, session.takeChanges().collections)
  }
}
