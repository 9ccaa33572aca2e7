package import Canvas
import Dashboard
package import Domain
package import Panes
package import Themes

/// What the loop is given by the program around it.
package struct EngineOptions: Sendable {
  package var workspace: Workspace = .agents
  package var focus: PaneKind?
  package var isZoomed = false
  /// The themes to change between; the first is used.
  package var themes: [Theme]
  /// How far the clock on the wall is east of UTC.
  package var utcOffset = Span.zero

  /// Options with a list of themes, at least one.
  package init(themes: [Theme]) {
    self.themes = themes
  }
}

/// What drives the session besides the keyboard.
package enum EngineInput {
  /// Transports that deliver to a mailbox.
  case live(Mailbox)
  /// A tape.
  case playback(Playback)
}

/// Why the loop ended.
package enum EngineEnding: Equatable, Sendable {
  case quit
  case interrupted(Interruption)
  /// The terminal is gone.
  case inputEnded
  /// The tape cannot be read any further.
  case failed(FileError)
}

/// The one loop: waits for keys, bytes and due moments; takes them in in batches; draws at most
/// once a frame, at once after a rest, and not at all while nothing changes.
package final class Engine {
  var session: Session
  var input: EngineInput
  let display: any Display
  let clock: () -> Timestamp
  /// Asked for when the user wants lost connections tried at once.
  package var onRetry: () -> Void = {}
  /// Asked for when a connection brought something else than was sent and is to be made anew.
  package var onReconnect: (_ connection: Int) -> Void = { _ in }
  /// Told once a second how everything stands.
  package var onHealth: ((HealthReport) -> Void)?
  /// The tape of this session, if it is recorded.
  package var tape: Recorder?
  /// Begins a tape anew when it has been played to its end; nil leaves its last screen standing.
  package var onTapeEnd: (() throws(FileError) -> (Session, Playback))?

  var state: DashboardState
  var themes: [Theme]
  var screen: Screen
  var pacer = FramePacer()
  /// What is measured all the time, and the once-a-second reading that is shown.
  var vitals = Vitals(), shownVitals = Vitals()
  /// The collections that changed since the last drawing.
  var undrawn: Changes.Collections = .all
  var meter = ProcessMeter()
  var shownSecond: Int64 = .min
  var oldestUnshown: Timestamp?
  let utcOffset: Span
  /// What was taken out of the mailbox and waits for its turn.
  var slice = Slice()
  /// The connections that are not read for now: they sent more than they may.
  var unread: Set<Int> = []
  /// Whether more waits than was taken in.
  var isBehind = false
  /// The board as it was when the user paused, and the events taken in by then.
  var held: (board: Board, at: Timestamp, received: Int)?
  var ending: EngineEnding?

  /// An engine over a session; `clock` tells the time on the wall.
  package init(
    session: Session, input: EngineInput, display: any Display, options: EngineOptions,
    clock: @escaping () -> Timestamp
  ) {
    self.session = session
    self.input = input
    self.display = display
    self.clock = clock
    utcOffset = options.utcOffset
    themes = options.themes.map { $0.resolved(for: display.colorDepth) }
    state = DashboardState(
      size: display.size, workspace: options.workspace, theme: themes[0].name,
      themes: themes.map(\.name))
    if let focus = options.focus, options.workspace.panes.contains(focus) { state.focus = focus }
    state.isZoomed = options.isZoomed
    if case .playback(let playback) = input { state.isPaused = playback.isPaused }
    screen = Screen(size: display.size, theme: themes[0], charset: display.charset)
  }

  /// The board as it stands, and its moment.
  package var board: (board: Board, at: Timestamp) { (session.board, session.now) }

  /// Runs until the user leaves or the terminal is gone.
  package func run() -> EngineEnding {
    takeIn()
    noteChanges()
    pacer.invalidate()
    while ending == nil { step() }
    tape?.finish(at: session.now)
    return ending ?? .quit
  }

  private func step() {
    if pacer.isDue(at: clock()) { draw() }
    wait()
    for event in display.readEvents() { handle(event) }
    // Whoever typed waits for no batch.
    if ending == nil, pacer.isUrgent, pacer.isDue(at: clock()) { draw() }
    takeIn()
    noteChanges()
  }

  private func noteChanges() {
    let changes = session.takeChanges()
    let second = session.now.microseconds / 1_000_000
    guard !changes.isEmpty || second != shownSecond else { return }
    undrawn.formUnion(changes.collections)
    if second != shownSecond {
      shownSecond = second
      readVitals()
      onHealth?(HealthReport(session.board.stream, vitals: shownVitals, at: session.now))
    }
    pacer.invalidate()
  }

  // MARK: Keys

  private func handle(_ event: InputEvent) {
    switch event {
    case .key(let key):
      guard let command = Keymap.command(for: key, in: state) else { return }
      for effect in state.apply(command) { perform(effect) }
      pacer.invalidate(atOnce: true)
    case .resize:
      pacer.invalidate(atOnce: true)
    case .focus: break
    case .interrupted(let signal): ending = .interrupted(signal)
    case .endOfInput: ending = .inputEnded
    }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .quit: ending = .quit
    case .suspend: display.suspend()
    case .repaint: display.invalidate()
    case .retryNow: onRetry()
    case .holdBoard: hold(true)
    case .releaseBoard: hold(false)
    }
  }

  /// A replay stops its clock; a live session goes on being taken in behind what is shown.
  private func hold(_ isHeld: Bool) {
    if case .playback(var playback) = input {
      if playback.isPaused != isHeld { playback.togglePause() }
      input = .playback(playback)
    } else {
      held =
        isHeld ? (session.board, session.now, session.board.stream.received) : nil
    }
    undrawn = .all
  }
}
