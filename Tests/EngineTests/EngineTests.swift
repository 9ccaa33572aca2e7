import Canvas
import Dashboard
import Domain
import Engine
import Panes
import Recording
import Testing
import Themes
import Wire

@Suite struct EngineTests {
  private typealias Step = ScriptedDisplay.Step
  private let mailbox = Mailbox()
  private let folder = Folder()

  private func engine(_ display: ScriptedDisplay, _ input: EngineInput? = nil) throws -> Engine {
    let themes = try Theme.builtInNames.map { try Theme.builtIn($0) }
    return Engine(
      input ?? .live(.started(), mailbox), display: display,
      options: EngineOptions(themes: themes), clock: { display.now })
  }

  /// Delivers at once: an empty mailbox suspends nobody.
  private func deliver(_ arrivals: Inbound...) -> Step {
    let mailbox = mailbox
    return .act {
      Task.immediate { for inbound in arrivals { _ = await mailbox.deliver(inbound) } }
    }
  }

  private func playback(
    to end: Int64? = nil, speed: Double = 1, isPaused: Bool = false, loops: Bool = false,
    limit arrivals: [Inbound]? = nil
  ) throws -> EngineInput {
    let path = folder.tape(arrivals ?? Feed.arrivals)
    return .playback(
      try Playback(
        TapeInput(path: path), from: at(0), to: end.map { at($0) }, speed: speed,
        isPaused: isPaused, loops: loops), try TapeInput(path: path))
  }

  @Test("the first screen is drawn at once and a closed terminal ends the loop")
  func firstScreen() throws {
    let display = ScriptedDisplay()
    #expect(try engine(display).run() == .inputEnded)
    #expect(display.frames.count == 1)
    #expect(display.text.contains("podium"))
  }

  @Test("after a rest an arrival is drawn in the same turn, without waiting for a frame's time")
  func atOnce() throws {
    let display = ScriptedDisplay()
    var framesBefore = 0
    display.then([
      .pass(200), deliver(Feed.frame(Feed.lines[0].text + "\n", at: 200)),
      .act { framesBefore = display.frames.count }, .pass(0),
    ])
    _ = try engine(display).run()
    // The step after the delivery finds it taken in and drawn, with the clock where it was.
    #expect(framesBefore == 2)
    #expect(display.now == at(200))
  }

  @Test("while nothing changes nothing is drawn")
  func idle() throws {
    let display = ScriptedDisplay(Array(repeating: .pass(7), count: 100))
    _ = try engine(display).run()
    #expect(display.frames.count == 1)
  }

  @Test("under load the frames keep their distance")
  func underLoad() throws {
    let display = ScriptedDisplay()
    for number in 0..<400 {
      let text = Feed.event(number, "task.created", #"{"task":"t\#(number)"}"#) + "\n"
      display.then([deliver(Feed.frame(text, at: Int64(number))), .pass(1)])
    }
    _ = try engine(display).run()
    #expect((70...102).contains(display.frames.count), "\(display.frames.count)")
  }

  @Test("q and Ctrl-C leave", arguments: [Key.character("q"), .control("c")])
  func quit(key: Key) throws {
    #expect(try engine(ScriptedDisplay([.press(key), .pass(1)])).run() == .quit)
  }

  @Test(
    "a signal ends the loop and is told", arguments: [Interruption.interrupt, .terminate, .hangup])
  func interrupted(signal: Interruption) throws {
    let display = ScriptedDisplay([.event(.interrupted(signal))])
    #expect(try engine(display).run() == .interrupted(signal))
  }

  @Test("keys reach the dashboard and the display")
  func effects() throws {
    let display = ScriptedDisplay([
      .press(.control("z")), .press(.control("l")), .press(.function(2)), .pass(100),
    ])
    _ = try engine(display).run()
    #expect(display.suspensions == 1)
    #expect(display.invalidations == 1)
    #expect(display.text.contains("Tickets") || display.text.contains("tickets"))
  }

  @Test("another size is drawn at once, and one too small says so")
  func resize() throws {
    let display = ScriptedDisplay()
    let engine = try engine(display)
    display.then([
      .act { display.size = Size(width: 20, height: 5) },
      .event(.resize(Size(width: 20, height: 5))),
      .pass(10), .act { display.size = Size(width: 0, height: 0) },
      .event(.resize(Size(width: 0, height: 0))), .pass(10),
      .act { display.size = Size(width: 100, height: 30) },
      .event(.resize(Size(width: 100, height: 30))), .pass(10),
    ])
    _ = engine.run()
    let sizes = display.frames.map(\.size)
    #expect(sizes.last == Size(width: 100, height: 30))
    let small = try #require(display.frames.first { $0.size == Size(width: 20, height: 5) })
    #expect((0..<5).contains { small.rowText($0).contains("too small") })
  }

  @Test("a lost connection shows in the header, and r asks for it to be tried")
  func retry() throws {
    let display = ScriptedDisplay()
    let engine = try engine(display)
    var retries = 0
    engine.onRetry = { retries += 1 }
    display.then([
      deliver(Inbound(connection: 0, at: at(0), body: .fact(.connected(.sse, resumedFrom: nil)))),
      .pass(50), .press(.character("r")),
      deliver(
        Inbound(connection: 0, at: at(50), body: .fact(.lost(reason: "reset"))),
        Inbound(
          connection: 0, at: at(50),
          body: .fact(.waiting(attempt: 1, until: at(5_000), reason: "reset")))),
      .pass(50), .pass(50), .press(.character("r")), .pass(50),
    ])
    _ = engine.run()
    #expect(display.rows.first?.contains("RETRY") == true)
    #expect(retries == 1)
  }

  @Test("what is watched is recorded, and its replay ends as it was shown")
  func recording() throws {
    let display = ScriptedDisplay()
    let engine = try engine(display)
    let path = folder.file("live.cast")
    engine.tape = try Recorder(.file(path), sources: ["test"], start: at(0))
    // The clock has moved on a little when they are taken in.
    var passed: Int64 = 0
    for inbound in Feed.arrivals {
      let late = (inbound.at - at(passed)).microseconds / 1_000 + 3
      display.then([.pass(late), deliver(inbound), .pass(10)])
      passed += late + 10
    }
    _ = engine.run()
    let replayed = try Session(playing: try TapeInput(path: path), until: display.now)
    let theme = try Theme.builtIn(Theme.builtInNames[0])
    let grid = replayed.draw(Scene(size: display.size, workspace: .agents, theme: theme))
    #expect((1..<38).map { grid.rowText($0) } == Array(display.rows[1..<38]))
    #expect(replayed.board.stream.received == 9)
  }

  @Test("a tape is played to its end and its last screen stands", arguments: [1.0, 37, 10_000])
  func playback(speed: Double) throws {
    let display = ScriptedDisplay(Array(repeating: .pass(30_000), count: 70))
    _ = try engine(display, playback(speed: speed)).run()
    let end = try Session(playing: try TapeInput(path: folder.tape()), until: nil)
    let theme = try Theme.builtIn(Theme.builtInNames[0])
    let grid = end.draw(Scene(size: display.size, workspace: .agents, theme: theme))
    #expect((1..<38).map { grid.rowText($0) } == Array(display.rows[1..<38]))
  }

  @Test("a fast replay of more than is taken at once keeps the tape's times")
  func fastPlayback() throws {
    let arrivals = (0..<10_000).map {
      Feed.frame(Feed.event($0, "task.created", #"{"task":"t\#($0)"}"#) + "\n", at: Int64($0) * 30)
    }
    let display = ScriptedDisplay(Array(repeating: .pass(50), count: 12))
    _ = try engine(display, playback(speed: 10_000, limit: arrivals)).run()
    let end = try Session(playing: try TapeInput(path: folder.tape(arrivals)), until: nil)
    let theme = try Theme.builtIn(Theme.builtInNames[0])
    let grid = end.draw(Scene(size: display.size, workspace: .agents, theme: theme))
    #expect((1..<38).map { grid.rowText($0) } == Array(display.rows[1..<38]))
  }

  @Test("a replay that begins paused goes on at the first p")
  func pausedPlayback() throws {
    let display = ScriptedDisplay()
    var held: [String] = []
    display.then(
      Array(repeating: .pass(5_000), count: 3) + [
        .act { held = display.rows }, .press(.character("p")), .pass(2_000), .pass(2_000),
        .pass(50),
      ])
    _ = try engine(display, playback(isPaused: true)).run()
    #expect(!held.joined().contains("a1"))
    #expect(display.text.contains("a1"))
  }

  @Test("a replay told to stop stands at that moment")
  func stoppedPlayback() throws {
    let display = ScriptedDisplay(Array(repeating: .pass(10_000), count: 20))
    _ = try engine(display, playback(to: 60_000)).run()
    let end = try Session(playing: try TapeInput(path: folder.tape()), until: at(60_000))
    let theme = try Theme.builtIn(Theme.builtInNames[0])
    let grid = end.draw(Scene(size: display.size, workspace: .agents, theme: theme))
    #expect((1..<38).map { grid.rowText($0) } == Array(display.rows[1..<38]))
  }

  @Test("a tape that loops begins anew at its end, one of a single moment does not")
  func loop() throws {
    let task = Feed.event(1, "task.created", #"{"task":"k","subject":"Title"}"#) + "\n"
    var shown: [Bool] = []
    let display = ScriptedDisplay()
    display.onFrame = { shown.append(display.text.contains("Title")) }
    display.then(Array(repeating: .pass(600), count: 10))
    let long = [Feed.frame("\n", at: 0), Feed.frame(task, at: 1_000), Feed.frame("\n", at: 2_000)]
    #expect(try engine(display, playback(loops: true, limit: long)).run() == .inputEnded)
    #expect(zip(shown, shown.dropFirst()).contains { $0 && !$1 })
    let short = [Feed.frame(task, at: 0)]
    let idle = ScriptedDisplay(Array(repeating: .pass(600), count: 10))
    _ = try engine(idle, playback(loops: true, limit: short)).run()
    #expect(idle.text.contains("END"))
  }

  @Test("a tape with a fault ends the loop and tells it")
  func brokenTape() throws {
    let long = [5, 6].map { Feed.frame(String(repeating: "x", count: 400_000), at: $0) }
    let bytes = Folder.bytes(folder.tape(long)) + Array("noise\n".utf8)
    let input = try TapeInput(path: folder.write(bytes, "broken.cast"))
    let display = ScriptedDisplay(Array(repeating: .pass(1_000), count: 20))
    let ending = try engine(display, .playback(Playback(input, from: at(0)), nil)).run()
    guard case .failed(let error) = ending else {
      Issue.record("\(ending)")
      return
    }
    #expect(error.description.contains("line 4: not JSON"))
  }
}
