import Domain
import Engine
import Recording
import Wire

/// Keeps sessions instead of encoding them: a keyframe's state is the place of one on the shelf.
final class SessionShelf: @unchecked Sendable {
  private var sessions: [Session] = []
  /// How often one was taken down again.
  private(set) var taken = 0

  /// The shelf as a codec; `padding` bytes make the state as large as a real one.
  func codec(format: Int = 7, padding: Int = 0) -> SessionCodec {
    SessionCodec(
      format: format,
      encode: { session in
        self.sessions.append(session)
        let place = self.sessions.count - 1
        var random = SplitMix64(seed: UInt64(place))
        let noise = (0..<padding).map { _ in UInt8.random(in: 0...255, using: &random) }
        return [UInt8(place >> 16 & 255), UInt8(place >> 8 & 255), UInt8(place & 255)] + noise
      },
      decode: { bytes in
        guard bytes.count >= 3 else { return nil }
        let place = Int(bytes[0]) << 16 | Int(bytes[1]) << 8 | Int(bytes[2])
        guard self.sessions.indices.contains(place) else { return nil }
        self.taken += 1
        return self.sessions[place]
      })
  }
}

/// A long evening: a tick a second, with what happens in `Feed` among it.
enum Evening {
  static func arrivals(_ count: Int) -> [Inbound] {
    [Inbound(connection: 0, at: at(0), body: .fact(.connected(.sse, resumedFrom: nil)))]
      + (0..<count).map { number in
        let states = ["pending", "in_progress", "review", "done"]
        let text = Feed.event(
          number, "task.state",
          #"{"task":"t\#(number % 40)","state":"\#(states[number % 4])","version":\#(number)}"#)
        return Feed.frame(text + "\n", at: Int64(number) * 1_000)
      }
  }

  /// Records an evening, and plays it back without any keyframe.
  static func record(
    _ arrivals: [Inbound], to place: RecordingPlace, codec: SessionCodec?
  ) throws -> TapeRecorder {
    let recorder = try TapeRecorder(place, sources: ["test"], start: at(0), codec: codec)
    for inbound in arrivals { recorder.append(inbound) }
    recorder.flush()
    return recorder
  }
}

extension TapeInput {
  /// Everything from here on.
  func rest() throws -> [TapeEntry] {
    var entries: [TapeEntry] = []
    while let entry = try next() { entries.append(entry) }
    return entries
  }
}
