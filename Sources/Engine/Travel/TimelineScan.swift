package import Domain
import Recording

/// Reads a whole tape in the background, a little at a time, to learn what happened when.
final class TimelineScan {
  private let input: TapeInput
  private var session: Session
  private(set) var timeline: Timeline
  private var end: Timestamp?

  /// A scan that has read nothing yet, of a tape with an input of its own.
  init(_ input: TapeInput) {
    self.input = input
    let start = input.header.start
    // A tape that goes on with a run begins with a state.
    let session = try? Session(playing: input, untilLine: TapeWindow.firstLine)
    self.session = session ?? Session(start: start)
    timeline = Timeline(start: start, received: session?.board.stream.received ?? 0)
    timeline.isComplete = session == nil
  }

  /// The moment of the tape's last line, once it is known.
  var lastMoment: Timestamp? { timeline.isComplete ? timeline.end : end }

  /// Finds out the moment of the tape's last line.
  func findEnd() {
    if lastMoment == nil { end = try? input.end() }
  }

  /// Reads on for as long as it may. A fault ends it where it is: whoever plays the tape tells.
  func run(while mayGoOn: () -> Bool) {
    guard !timeline.isComplete else { return }
    do throws(FileError) {
      repeat { try readNext() } while !timeline.isComplete && mayGoOn()
    } catch {
      timeline.isComplete = true
    }
  }

  /// Notes a marker that is on no tape.
  func mark(_ label: String, at moment: Timestamp) { timeline.mark(label, at: moment) }

  fileprivate func readNext() throws(FileError) {
    guard let entry = try input.next() else {
      timeline.isComplete = true
      return
    }
    session.ingest(entry)
    timeline.note(session.board, session.takeChanges(), at: session.now)
    if case .marker(let label) = entry.body { timeline.mark(label, at: entry.at) }
  }
}

extension Timeline {
  /// What happened when on a whole tape.
  package init(reading input: TapeInput) throws(FileError) {
    let scan = TimelineScan(input)
    while !scan.timeline.isComplete { try scan.readNext() }
    self = scan.timeline
  }
}
