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
  /// The language of what is not data.
  package var language = Language.english
  /// Whether text from right to left is put in visual order; false where the terminal does so.
  package var arrangesText = true
  /// The themes to change between; the first is used.
  package var themes: [Theme]
  /// How far the clock on the wall is east of UTC.
  package var utcOffset = Span.zero

  /// Options with a list of themes, at least one.
  package init(themes: [Theme]) {
    self.themes = themes
  }
}

/// What is shown besides what the keyboard asks for.
package enum EngineInput {
  /// A session that transports feed through a mailbox.
  case live(Session, Mailbox)
  /// A tape, and a second input of it to learn what happens where on it.
  case playback(Playback, TapeInput?)
}

/// Why the loop ended.
package enum EngineEnding: Equatable, Sendable {
  case quit
  case interrupted(Interruption)
  /// The terminal is gone.
  case inputEnded
  /// The tape cannot be read any further.
  case failed(FileError)
  /// The gate passed, or there is nothing more to wait for.
  case watched(BoardWatch.Ending)
}

/// The one loop: waits for keys, bytes and due moments; takes them in in batches; draws at most
/// once a frame, at once after a rest, and not at all while nothing changes.
package final class Engine {
  var showing: Showing
  let display: any Display
  let clock: () -> Timestamp
  /// Asked for when the user wants lost connections tried at once.
  package var onRetry: () -> Void = {}
  /// Asked for when a connection brought something else than was sent and is to be made anew.
  package var onReconnect: (_ connection: Int) -> Void = { _ in }
  /// Told once a second how everything stands.
  package var onHealth: ((HealthReport) -> Void)?
  /// The tape of this session, if it is recorded.
  package var tape: Recorder? {
    get { live?.tape }
    set { live?.tape = newValue }
  }

  /// What looks at the board of this session after each batch, if anything does.
  package var watch: BoardWatch? {
    get { live?.watch }
    set { live?.watch = newValue }
  }

  var state: DashboardState
  var themes: [Theme]
  var screen: Screen
  var pacer = FramePacer()
  /// What is measured all the time, and the once-a-second reading that is shown.
  var vitals = Vitals(), shownVitals = Vitals()
  /// The collections that changed since the last drawing.
  var undrawn: Changes.Collections = .all
  var meter = ProcessMeter()
  var shownSeconds = Seconds()
  let utcOffset: Span
  /// What is looked for over more than one slice.
  var search: TravelSearch?
  /// When something was told of a key that is still in view.
  var toldAt: Timestamp?
  /// The board that was marked, and its moment.
  var marked: MarkedBoard?
  var ending: EngineEnding?

  /// An engine over a session or a tape; `clock` tells the time on the wall.
  package init(
    _ input: EngineInput, display: any Display, options: EngineOptions,
    clock: @escaping () -> Timestamp
  ) {
    switch input {
    case .live(let session, let mailbox): showing = .live(LiveSession(session, mailbox))
    case .playback(let playback, let input):
      showing = .replay(playback, input.map { TimelineScan($0) })
    }
    self.display = display
    self.clock = clock
    utcOffset = options.utcOffset
    themes = options.themes.map { $0.resolved(for: display.colorDepth) }
    state = DashboardState(
      size: display.size, workspace: options.workspace, theme: themes[0].name,
      themes: themes.map(\.name), language: options.language)
    if let focus = options.focus, options.workspace.panes.contains(focus) { state.focus = focus }
    state.isZoomed = options.isZoomed
    screen = Screen(
      size: display.size, theme: themes[0], charset: display.charset,
      arrangesText: options.arrangesText)
  }

  /// The board as it stands, whatever moment is shown, and its moment.
  package var board: (board: Board, at: Timestamp) {
    let session = live?.session ?? shown
    return (session.board, session.now)
  }

  /// The session being taken in, the tape that is shown, what happens when, and the session shown.
  var live: LiveSession? { showing.live }
  var playback: Playback? { showing.playback }
  var shown: Session { showing.session }
  var scan: TimelineScan? { if case .replay(_, let scan) = showing { scan } else { nil } }
  var timeline: Timeline? { live?.timeline ?? scan?.timeline }
  var isHeld: Bool { if case .held = showing { true } else { false } }

  /// Runs until the user leaves or the terminal is gone.
  package func run() -> EngineEnding {
    takeIn()
    noteChanges()
    pacer.invalidate()
    while ending == nil { step() }
    tape?.finish(at: board.at)
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

  // MARK: Keys

  private func handle(_ event: InputEvent) {
    switch event {
    case .key(let key):
      tellState()
      // Whoever types waits for nothing that is still looked for.
      if search != nil { show(showing) }
      guard let command = Keymap.command(for: key, in: state) else { return }
      for effect in state.apply(command) { perform(effect) }
      toldAt = state.notice == nil ? nil : clock()
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
    case .travel(let travel): self.travel(travel)
    case .markBoard:
      marked = MarkedBoard(shown.board, at: shown.now)
      tell("board marked; d shows what changed since")
    case .trace(let row):
      state.traced = row.subject(in: shown.board)
      if state.traced == nil { tell("nothing is known to belong to this row", isFault: true) }
    }
  }
}
