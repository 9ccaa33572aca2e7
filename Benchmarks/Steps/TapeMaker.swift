import Domain
import Engine
import Hub
import Recording
import Wire

/// Makes a tape of a scenario on a virtual clock, as a live run of that length would leave it: for
/// measuring what a seek costs. Never committed.
enum TapeMaker {
  /// Records `count` events as a hub's event stream would bring them, in frames of what falls into a
  /// tenth of a second.
  static func make(_ path: String, events count: Int, scenario: Scenario) throws {
    let recorder = try TapeRecorder(.file(path), sources: ["http://127.0.0.1:7800"], start: start)
    var generator = ScenarioGenerator(scenario: scenario, seed: 1, start: start)
    recorder.append(
      Inbound(connection: 0, at: start, body: .fact(.connected(.sse, resumedFrom: nil))))
    var frame: [UInt8] = []
    var frameEnd = start
    for number in 1...count {
      guard let (due, event) = generator.next() else { break }
      if due >= frameEnd {
        if !frame.isEmpty {
          recorder.append(Inbound(connection: 0, at: frameEnd, body: .frame(.sse, frame)))
        }
        frame = []
        frameEnd = due + .milliseconds(100)
      }
      var json: [UInt8] = []
      CloudEventEncoder().append(event, to: &json)
      SSEEncoder.appendEvent(id: String(number), data: json, to: &frame)
    }
    recorder.append(Inbound(connection: 0, at: frameEnd, body: .frame(.sse, frame)))
    recorder.finish(at: frameEnd)
    let span = (frameEnd - start).wholeSeconds
    print("\(path): \(count) events of \(scenario.rawValue) over \(span) s")
  }

  /// Seeks to moments spread over a tape, in this process, and prints what each cost.
  static func seek(_ path: String) throws {
    let input = try TapeInput(path: path)
    let span = (try input.end() - input.header.start).microseconds
    var place: Int64 = 0
    Stopwatch.measure("seek", rounds: 21) {
      place = (place &* 31 &+ span / 3) % max(1, span)
      let moment = input.header.start + Span(microseconds: place)
      return (try? Session(playing: input, until: moment)) == nil ? 0 : 1
    }
  }
}
