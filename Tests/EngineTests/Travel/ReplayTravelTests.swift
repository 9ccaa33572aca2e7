import Canvas
import Dashboard
import Domain
import Engine
import Panes
import Recording
import Testing
import Themes
import Wire

/// Going to other moments of a tape.
@Suite struct ReplayTravelTests {
  private typealias Step = ScriptedDisplay.Step
  private let folder = Folder()
  private let display: ScriptedDisplay

  init() {
    display = ScriptedDisplay()
    display.size = Size(width: 160, height: 40)
  }

  /// A task a second for a minute, and an alert after 20 s and 40 s.
  private static let arrivals: [Inbound] =
    [Inbound(connection: 0, at: at(0), body: .fact(.connected(.sse, resumedFrom: nil)))]
    + (0..<60).flatMap { number -> [Inbound] in
      let task = Feed.event(number, "task.created", #"{"task":"t\#(number)"}"#) + "\n"
      let alert =
        Feed.event(
          900 + number, "alert.raised",
          #"{"code":"FIRE","subject":"oven\#(number)","severity":5}"#) + "\n"
      let isAlert = number == 20 || number == 40
      return [Feed.frame(task, at: Int64(number) * 1_000)]
        + (isAlert ? [Feed.frame(alert, at: Int64(number) * 1_000 + 500)] : [])
    }

  private func engine(
    from: Int64? = 0, to end: Int64? = nil, speed: Double = 1, isPaused: Bool = true,
    loops: Bool = false
  ) throws -> Engine {
    let path = folder.tape(Self.arrivals)
    let playback = try Playback(
      TapeInput(path: path), from: from.map { at($0) }, to: end.map { at($0) }, speed: speed,
      isPaused: isPaused, loops: loops)
    return Engine(
      .playback(playback, try TapeInput(path: path)), display: display,
      options: EngineOptions(themes: [try Theme.builtIn("dark")]),
      clock: { [display] in display.now }
    )
  }

  /// What the header says after each group of keys, and what is told of them.
  private func headers(_ engine: Engine, _ groups: [String]) -> [String] {
    var seen: [String] = []
    display.then([.pass(5), .pass(5)])
    for group in groups {
      let keys = group.map { Step.press($0 == "⏎" ? .enter : .character($0)) }
      display.then(
        keys + [
          .pass(5), .pass(5), .act { [display] in seen.append(display.rows.first ?? "") },
        ])
    }
    _ = engine.run()
    return seen
  }

  private func expect(_ headers: [String], _ words: [String]) {
    #expect(headers.count == words.count)
    for (header, word) in zip(headers, words) { #expect(header.contains(word)) }
  }

  @Test("every way through time leads where it says")
  func ways() throws {
    expect(
      headers(
        try engine(),
        ["g0:30⏎", "]", "[", "[", ">", "<<", "g+5s⏎", "g06:00:12⏎", "n", "gstart⏎", "gend⏎"]),
      [
        "REPLAY 0:30 PAUSED", "REPLAY 0:31 PAUSED", "REPLAY 0:30", "REPLAY 0:29", "REPLAY 0:39",
        "REPLAY 0:19", "REPLAY 0:24", "REPLAY 0:12", "REPLAY 0:59", "REPLAY 0:00", "REPLAY 0:59",
      ])
  }

  @Test("{ and } find alerts before and after, and markers that were put")
  func stops() throws {
    expect(
      headers(try engine(), ["}", "}", "{", "g0:30⏎mhere⏎", "gstart⏎", "}}", "}", "}"]),
      [
        "REPLAY 0:20", "REPLAY 0:40", "REPLAY 0:20", "REPLAY 0:30", "REPLAY 0:00", "REPLAY 0:30",
        "REPLAY 0:40", "REPLAY 0:40",
      ])
    #expect(display.text.contains("no alert or marker after this"))
  }

  @Test("what was asked to be played bounds every way")
  func range() throws {
    expect(
      headers(
        try engine(from: 15_000, to: 30_000),
        ["<<", "gstart⏎", "{", "}", "}", ">>", "n", "]", "[", "gend⏎", "g0:20⏎", "g0:05⏎"]),
      [
        "REPLAY 0:15", "REPLAY 0:15", "REPLAY 0:15", "REPLAY 0:20", "REPLAY 0:20", "REPLAY 0:30",
        "REPLAY 0:30", "REPLAY 0:30", "REPLAY 0:29", "REPLAY 0:30", "REPLAY 0:20", "REPLAY 0:15",
      ])
  }

  @Test("a replay that begins at its end is gone back in")
  func fromEnd() throws {
    expect(headers(try engine(from: nil), ["", "[", "<<<<<<<"]), ["0:59", "0:58", "0:00"])
  }

  @Test("speed is doubled and halved, and said")
  func speed() throws {
    expect(
      headers(try engine(), ["++ ", "+", "----", " ", " "]),
      ["▶ 4x", "▶ 8x", "▶ 0.5x", "PAUSED", "▶ 0.5x"])
  }

  @Test("Space at the end begins anew")
  func anew() throws {
    let engine = try engine(from: nil, isPaused: false)
    display.then([.pass(10), .pass(10)])
    expect(headers(engine, ["", " "]), ["REPLAY 0:59 END", "▶"])
    #expect(display.rows.first?.contains("REPLAY") == true)
  }

  @Test("a step while it plays pauses it")
  func stepPauses() throws {
    expect(headers(try engine(isPaused: false), ["", "]", " "]), ["▶", "PAUSED", "▶"])
  }

  @Test("what is told of a key goes after six seconds where time passes")
  func telling() throws {
    let engine = try engine(isPaused: false)
    var before = false
    display.then([
      .pass(5), .press(.character("m")), .press(.enter), .pass(5),
      .act { [display] in before = display.text.contains("not saved") },
    ])
    display.then(Array(repeating: .pass(500), count: 16))
    _ = engine.run()
    #expect(before)
    #expect(!display.text.contains("not saved"))
  }

  @Test("a board that was marked is compared with the one shown, a row is traced")
  func marks() throws {
    let engine = try engine()
    var told: [String] = []
    let look = Step.act { [display] in told.append(display.text) }
    display.then(
      "g0:10⏎Mg0:45⏎d".map { Step.press($0 == "⏎" ? .enter : .character($0)) } + [
        .pass(5), .pass(5), look,
      ])
    display.then([
      .press(.escape), .press(.character("5")), .pass(5), .pass(5), .press(.character("f")),
      .pass(5),
      .pass(5), look,
    ])
    _ = engine.run()
    #expect(told[0].contains("Changes 06:00:10-06:00:45 since the mark"))
    #expect(told[0].contains("35 tasks added"))
    #expect(told[1].contains("trace task t"))
    #expect(told[1].contains("▌"))
  }
}
