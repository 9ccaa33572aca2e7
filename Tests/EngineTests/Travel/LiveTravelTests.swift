import Canvas
import Dashboard
import Domain
import Engine
import Panes
import Recording
import Testing
import Themes
import Wire

/// Going to other moments while a live session goes on behind.
@Suite struct LiveTravelTests {
  private typealias Step = ScriptedDisplay.Step
  private let mailbox = Mailbox()
  private let folder = Folder()
  private let display: ScriptedDisplay
  private let path: String

  init() {
    display = ScriptedDisplay()
    display.size = Size(width: 160, height: 40)
    path = folder.file("live.cast")
  }

  private func engine(isRecorded: Bool = true) throws -> Engine {
    let engine = Engine(
      .live(.started(), mailbox), display: display,
      options: EngineOptions(themes: [try Theme.builtIn("dark")]),
      clock: { [display] in display.now }
    )
    if isRecorded { engine.tape = try Recorder(.file(path), sources: ["test"], start: at(0)) }
    return engine
  }

  private func deliver(_ arrivals: [Inbound]) -> Step {
    .act { [mailbox] in
      Task.immediate { for inbound in arrivals { _ = await mailbox.deliver(inbound) } }
    }
  }

  /// A task a second, from `first`, each delivered at its time.
  private func tasks(_ numbers: Range<Int>) -> [Step] {
    numbers.flatMap { number -> [Step] in
      let text = Feed.event(
        number, "task.created", #"{"task":"t\#(number)","subject":"S\#(number)"}"#)
      let connected = Inbound(
        connection: 0, at: at(Int64(number) * 1_000),
        body: .fact(.connected(.sse, resumedFrom: nil)))
      return [
        deliver(
          (number == 0 ? [connected] : [])
            + [Feed.frame(text + "\n", at: Int64(number) * 1_000)]), .pass(1_000),
      ]
    }
  }

  private func press(_ keys: String) -> [Step] { keys.map { .press(.character($0)) } }

  private func goTo(_ text: String) -> [Step] { press("g" + text) + [.press(.enter), .pass(10)] }

  /// Runs a script and returns the screen at each `look`.
  private func run(_ engine: Engine, _ parts: [Part]) -> [String] {
    var looks: [String] = []
    for part in parts {
      switch part {
      case .steps(let steps): display.then(steps)
      case .look:
        display.then([.pass(5), .pass(5), .act { [display] in looks.append(display.text) }])
      }
    }
    _ = engine.run()
    return looks
  }

  private enum Part {
    case steps([Step]), look
  }

  private func header(_ screen: String) -> String {
    String(screen.prefix { $0 != "\n" })
  }

  @Test("space holds what is shown and counts what comes; space again plays from there")
  func pause() throws {
    let looks = run(
      try engine(),
      [
        .steps(tasks(0..<3) + press(" ") + tasks(3..<5)), .look,
        .steps(press(" ") + [.pass(1_100)]), .look, .steps(press("n")), .look,
      ])
    #expect(header(looks[0]).contains("PAUSED 2s behind, 2 new"))
    #expect(looks[0].contains("S2") && !looks[0].contains("S3"))
    #expect(header(looks[1]).contains("▶ 2s behind"))
    #expect(looks[1].contains("S3"))
    #expect(!header(looks[2]).contains("behind"))
    #expect(looks[2].contains("S4"))
  }

  @Test("without a tape space holds and space shows what is live; there is no going back")
  func unrecorded() throws {
    let looks = run(
      try engine(isRecorded: false),
      [
        .steps(tasks(0..<3) + press("p") + tasks(3..<5)), .look, .steps(press("[g{<")), .look,
        .steps(press("p")), .look,
      ])
    #expect(header(looks[0]).contains("PAUSED 2s behind, 2 new"))
    #expect(!looks[0].contains("S3"))
    #expect(header(looks[1]).contains("PAUSED"))
    #expect(!header(looks[2]).contains("PAUSED"))
    #expect(looks[2].contains("S4"))
  }

  @Test("steps go back and on by one event while more arrives behind")
  func steps() throws {
    let looks = run(
      try engine(),
      [
        .steps(tasks(0..<4) + press("[")), .look, .steps(tasks(4..<5) + press("[")), .look,
        .steps(press("]]]")), .look, .steps(press("]")), .look,
      ])
    #expect(looks[0].contains("S2") && !looks[0].contains("S3"))
    #expect(header(looks[0]).contains("PAUSED"))
    #expect(looks[1].contains("S1") && !looks[1].contains("S2"))
    #expect(header(looks[1]).contains("3 new"))
    #expect(looks[2].contains("S4"))
    #expect(looks[3].contains("this is the newest event; n goes on live"))
  }

  @Test("a frame that brought many events is stepped through one by one")
  func insideFrame() throws {
    let text = (0..<5).map {
      Feed.event($0, "task.created", #"{"task":"t\#($0)","subject":"S\#($0)"}"#) + "\n"
    }.joined()
    let looks = run(
      try engine(),
      [
        .steps([deliver([Feed.frame(text, at: 10)]), .pass(100)] + press("[[")), .look,
        .steps(press("]")), .look,
      ])
    #expect(looks[0].contains("S2") && !looks[0].contains("S3"))
    #expect(looks[1].contains("S3") && !looks[1].contains("S4"))
  }

  @Test("g goes to a time, < and > by ten seconds, start and end to the ends")
  func jumps() throws {
    let looks = run(
      try engine(),
      [
        .steps(tasks(0..<30) + goTo("-20s")), .look, .steps(press(">")), .look,
        .steps(press("<<")), .look, .steps(goTo("06:00:15")), .look, .steps(goTo("0:05")), .look,
        .steps(press(">>>>")), .look, .steps(press("ggstart") + [.press(.escape)]), .look,
      ])
    let new = [19, 9, 29, 14, 24, 0]
    #expect(
      zip(looks, new).allSatisfy { header($0).contains(" behind, \($1) new") },
      "\(looks.map { header($0) })")
    #expect(looks[5].contains("S29"))
    #expect(header(looks[5]).contains("PAUSED 0s behind, 0 new"))
    #expect(looks[6].contains("S29"))
  }

  @Test("a bad time is explained in the prompt")
  func badTime() throws {
    let looks = run(try engine(), [.steps(tasks(0..<3) + goTo("soon")), .look])
    #expect(looks[0].contains("go to: soon"))
    #expect(looks[0].contains("\"soon\" is no time; such as -2m, 19:42:08, 1:30, start, end"))
  }

  @Test("playing from the past catches up with what is live, and then is live")
  func catchUp() throws {
    let looks = run(
      try engine(),
      [
        .steps(tasks(0..<6) + goTo("-4s") + press(" ++")), .look,
        .steps([.pass(500), .pass(500), .pass(500)]), .look,
      ])
    #expect(header(looks[0]).contains("▶ 4x"))
    #expect(!header(looks[1]).contains("behind"))
    #expect(!header(looks[1]).contains("▶"))
    #expect(looks[1].contains("S5"))
  }

  @Test("{ and } go to alerts and markers, and say what is there")
  func stops() throws {
    let late = Feed.event(
      900, "alert.raised", #"{"code":"KITCHEN_FIRE","subject":"grill","severity":5}"#)
    let looks = run(
      try engine(),
      [
        .steps(
          tasks(0..<3) + [deliver([Feed.frame(late + "\n", at: 3_000)]), .pass(1_000)]
            + press("mfirst course") + [.press(.enter)] + tasks(5..<8)), .look,
        .steps(press("{")), .look, .steps(press("{")), .look, .steps(press("{")), .look,
        .steps(press("}")), .look, .steps(press("}")), .look,
      ])
    #expect(looks[1].contains("first course"))
    #expect(!looks[1].contains("S5"))
    #expect(looks[2].contains("KITCHEN_FIRE grill"))
    #expect(looks[3].contains("no alert or marker before this"))
    #expect(looks[4].contains("first course"))
    #expect(looks[5].contains("no alert or marker after this"))
  }

  @Test("a marker is on the tape where it was put live, and says so where it cannot be")
  func marks() throws {
    let looks = run(
      try engine(),
      [
        .steps(tasks(0..<3) + press("m") + [.press(.enter)]), .look,
        .steps(press("[") + press("mhere") + [.press(.enter)]), .look,
      ])
    #expect(looks[0].contains("marker 1: on the tape"))
    #expect(looks[1].contains("here at 06:00:01: kept until you leave, not saved"))
    let tape = String(decoding: Folder.bytes(path), as: UTF8.self)
    #expect(tape.contains(#""m","marker 1"]"#))
    #expect(!tape.contains("here"))
  }

  @Test("a tape that cannot be read leads back to what is live, with the reason")
  func unreadable() throws {
    let engine = try engine()
    let (tape, path) = (engine.tape, path)
    let damage = Step.act {
      tape?.flush()
      Folder.damage(path)
    }
    let looks = run(engine, [.steps(tasks(0..<3) + [damage] + press("[")), .look])
    #expect(!header(looks[0]).contains("PAUSED"))
    #expect(looks[0].contains("line 2: not JSON"))
    #expect(looks[0].contains("S2"))
  }

  @Test("the timeline is shown while behind, and on demand")
  func timeline() throws {
    let looks = run(
      try engine(),
      [.steps(tasks(0..<9)), .look, .steps(press("s")), .look, .steps(press("s ")), .look])
    #expect(!looks[0].contains("06:00:00 "))
    #expect(looks[1].contains("06:00:00 "))
    #expect(looks[2].contains("06:00:00 ") && looks[2].contains("┃"))
  }
}
