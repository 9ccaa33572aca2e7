import Canvas
import Dashboard
import Domain
import Engine
import Glibc
import Hub
import Panes
import Recording
import Themes
import Wire

// The cost of each step between a socket and the screen, in this process alone.

let start = Timestamp(seconds: 1_790_000_000)

// `podium-bench tape PATH EVENTS SCENARIO` makes a tape, `podium-bench seek PATH` seeks on it.
let words = CommandLine.arguments
if words.count == 5, words[1] == "tape", let count = Int(words[3]),
  let scenario = Scenario(rawValue: words[4])
{
  try TapeMaker.make(words[2], events: count, scenario: scenario)
  exit(0)
}
if words.count == 3, words[1] == "seek" {
  try TapeMaker.seek(words[2])
  exit(0)
}

/// Events as a busy feed sends them: task states of `entities` tasks, one SSE event each.
func feed(events: Int, entities: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  let states = ["pending", "in_progress", "review", "in_progress"]
  for index in 0..<events {
    let entity = (index &* 2_654_435_761) % entities
    let event = Event(
      id: String(index), source: "/bench/feed", type: .known(.taskState),
      subject: "task/T-\(entity)", time: start + .milliseconds(Int64(index)),
      sequence: Int64(index + 1), sequenceBasis: .upstream,
      data: Fields([
        .task: .string("T-\(entity)"), .version: .integer(Int64(index + 1)),
        .owner: .string("a\(entity % 50)"), .state: .string(states[index % 4]),
        .subject: .string("title \(index)"),
      ]))
    var json: [UInt8] = []
    CloudEventEncoder().append(event, to: &json)
    SSEEncoder.appendEvent(id: String(index + 1), data: json, to: &bytes)
  }
  return bytes
}

let sample = feed(events: 20_000, entities: 64)
let chunks = stride(from: 0, to: sample.count, by: 65_536).map {
  Array(sample[$0..<min($0 + 65_536, sample.count)])
}
print("one event is \(sample.count / 20_000) bytes of stream")

Stopwatch.measure("SSE scan") {
  var decoder = SSEDecoder()
  var count = 0
  for chunk in chunks {
    chunk.withUnsafeBytes { decoder.receive($0) { if case .event = $0 { count += 1 } } }
  }
  return count
}

func decode() -> [Event] {
  var decoder = FrameDecoder()
  var events: [Event] = []
  for chunk in chunks {
    decoder.receive(chunk, format: .sse) {
      if case .event(let event, _) = $0 { events.append(event) }
    }
  }
  return events
}
Stopwatch.measure("SSE and JSON to events") { decode().count }

Stopwatch.measure("redact before recording") {
  var redactor = Redactor()
  var written = 0
  for chunk in chunks {
    let inbound = Inbound(connection: 0, at: start, body: .frame(.sse, chunk))
    for case .frame(_, let bytes) in redactor.redact(inbound).map(\.body) { written += bytes.count }
  }
  return written == sample.count ? 20_000 : 0
}

let events = decode()
for entities in [64, 100_000] {
  var board = Board()
  let all: [Event]
  if entities == 64 {
    all = events
  } else {
    // Everything known first: what is measured is an event among many, not their creation.
    var decoder = FrameDecoder()
    var many: [Event] = []
    decoder.receive(feed(events: 200_000, entities: entities), format: .sse) {
      if case .event(let event, _) = $0 { many.append(event) }
    }
    for event in many { board.record(event, at: start) }
    all = Array(many.suffix(20_000))
  }
  var round = 0
  Stopwatch.measure("reduce, \(entities) tasks") {
    round += 1
    for (index, var event) in all.enumerated() {
      event.id = "\(round)-\(index)"
      event.sequence = nil
      event.data[.version] = .integer(Int64(1_000_000 * round + index))
      board.record(event, at: start)
    }
    _ = board.takeChanges()
    return all.count
  }
}

try measureKeyframes()

var session = Session(start: start)
session.addConnection("http://127.0.0.1:7800")
var generator = ScenarioGenerator(scenario: .mixed, seed: 1, start: start)
var encoded: [(Timestamp, [UInt8])] = []
while let (due, event) = generator.next(), due < start + .minutes(5) {
  var json: [UInt8] = []
  CloudEventEncoder().append(event, to: &json)
  encoded.append((due, json))
}
for (due, json) in encoded {
  session.ingest(Inbound(connection: 0, at: due, body: .frame(.document, json)))
}
let theme = try Theme.builtIn("dark")
for workspace in Workspace.allCases {
  let size = Size(width: 120, height: 40)
  var state = DashboardState(
    size: size, workspace: workspace, theme: "dark", themes: ["dark"])
  var screen = Screen(size: size, theme: theme, charset: .unicode)
  var encoder = FrameEncoder(depth: .truecolor)
  var moment = Moment(now: session.now)
  Stopwatch.measure("build and draw \(workspace.rawValue)") {
    for _ in 0..<50 {
      moment.now = moment.now + .seconds(1)
      _ = screen.draw(session.board, at: moment, theme: theme, state: &state)
    }
    return 50
  }
  Stopwatch.measure("build \(workspace.rawValue), nothing changed") {
    for _ in 0..<50 { _ = screen.draw(session.board, at: moment, theme: theme, state: &state) }
    return 50
  }
  var shown = screen.grid
  var output: [UInt8] = []
  Stopwatch.measure("encode a second's change, \(workspace.rawValue)") {
    for _ in 0..<50 {
      moment.now = moment.now + .seconds(1)
      _ = screen.draw(session.board, at: moment, theme: theme, state: &state)
      output.removeAll(keepingCapacity: true)
      encoder.encode(from: shown, to: screen.grid, into: &output)
      shown = screen.grid
    }
    return 50
  }
}
