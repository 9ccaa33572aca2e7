package import Domain
import Recording

extension TimeReference {
  /// The moment meant on a tape; nil for its end.
  package func moment(
    onTapeAt path: String, utcOffset: Span = .zero
  ) throws(FileError) -> Timestamp? {
    if self == .end { return nil }
    let input = try TapeInput(path: path)
    let start = input.header.start
    switch self {
    case .afterStart, .moment: return resolved(start: start, end: start)
    case .beforeEnd, .timeOfDay: break
    }
    let end = try input.end()
    guard let moment = resolved(start: start, end: end, utcOffset: utcOffset) else {
      let first = CivilTime(start, offset: utcOffset).clock
      let last = CivilTime(end, offset: utcOffset).clock
      throw FileError(
        path, problem: "that time of day is not on it: it goes from \(first) to \(last)")
    }
    return moment
  }
}

extension Session {
  /// The session of a tape at a moment, and whether the tape was cut off as far as it was read.
  package static func session(
    ofTapeAt path: String, at reference: TimeReference
  ) throws(FileError) -> (session: Session, isCutOff: Bool) {
    let moment = try reference.moment(onTapeAt: path)
    let input = try TapeInput(path: path)
    let session = try Session(playing: input, until: moment)
    return (session, input.isCutOff)
  }

  /// Calls `body` with the session of each moment that cases show, whether its tape was cut off, and
  /// the numbers of those cases: a session is made once, and one at a time.
  package static func sessions(
    of cases: [SnapshotCase], _ body: (Session, Bool, [Int]) throws -> Void
  ) throws {
    struct Moment: Hashable {
      let tape: String
      let at: TimeReference
    }
    var numbers: [Moment: [Int]] = [:]
    var moments: [Moment] = []
    for (number, shown) in cases.enumerated() {
      let moment = Moment(tape: shown.tape, at: shown.view.at)
      if numbers[moment] == nil { moments.append(moment) }
      numbers[moment, default: []].append(number)
    }
    for moment in moments {
      let (session, isCutOff) = try Self.session(ofTapeAt: moment.tape, at: moment.at)
      try body(session, isCutOff, numbers[moment, default: []])
    }
  }
}
