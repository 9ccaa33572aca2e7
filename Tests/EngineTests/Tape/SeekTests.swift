import Domain
import Engine
import Recording
import Testing
import Wire

@Suite("Seeking on a tape")
struct SeekTests {
  private let folder = Folder()
  private let shelf = SessionShelf()

  private func tape(_ count: Int = 1_000) throws -> String {
    let path = folder.file("seek-\(count).cast")
    _ = try Evening.record(Evening.arrivals(count), to: .file(path), codec: shelf.codec())
    return path
  }

  @Test("any moment shows what playing the tape from its beginning shows")
  func moments() throws {
    let path = try tape()
    let input = try TapeInput(path: path)
    var random = SplitMix64(seed: 3)
    for _ in 0..<24 {
      let moment = at(Int64.random(in: -5_000...1_010_000, using: &random))
      let sought = try Session(playing: input, until: moment, codec: shelf.codec())
      let played = try Session(playing: input, until: moment, codec: nil)
      #expect(try sought.everything() == played.everything())
      #expect(sought.now == played.now)
    }
    #expect(shelf.taken > 15)
    let end = try Session(playing: input, until: nil, codec: shelf.codec())
    #expect(try end.everything() == Session(playing: input, until: nil, codec: nil).everything())
  }

  @Test("sessions encoded for good come back as they were", arguments: [0, 77_000, 350_000])
  func encodedForGood(milliseconds: Int64) throws {
    let path = folder.file("good-\(milliseconds).cast")
    _ = try Evening.record(Evening.arrivals(400), to: .file(path), codec: .standard)
    let input = try TapeInput(path: path)
    let sought = try Session(playing: input, until: at(milliseconds))
    let played = try Session(playing: input, until: at(milliseconds), codec: nil)
    #expect(try sought.everything() == played.everything())
    #expect(sought.now == played.now)
    let end = try Session(playing: input, until: nil)
    #expect(try end.everything() == Session(playing: input, until: nil, codec: nil).everything())
  }

  @Test("what is replayed after a keyframe is half a minute of tape at most")
  func distance() throws {
    let input = try TapeInput(path: try tape())
    for second in stride(from: 40, to: 1_000, by: 61) {
      let keyframe = try #require(try input.seek(to: .moment(at(Int64(second) * 1_000)), format: 7))
      #expect(keyframe.head.at <= at(Int64(second) * 1_000))
      #expect(at(Int64(second) * 1_000) - keyframe.head.at <= .seconds(31))
      let next = try #require(try input.peek())
      #expect(next.at >= keyframe.head.at)
      #expect(next.at - keyframe.head.at <= .seconds(2))
    }
  }

  @Test("before a line everything up to it is taken in, and the line comes next")
  func lines() throws {
    let input = try TapeInput(path: try tape(300))
    var line: [Int] = []
    while try input.peek() != nil {
      line.append(input.line)
      _ = try input.next()
    }
    #expect(line.first == 2)
    #expect(line.count == 301)
    #expect(line == line.sorted())
    for index in [0, 1, 2, 34, 35, 36, 150, 299, 300] {
      let session = try Session(playing: input, untilLine: line[index], codec: shelf.codec())
      #expect(session.board.stream.received == max(0, index - 1))
      _ = try input.peek()
      #expect(input.line == line[index])
    }
    let beyond = try Session(playing: input, untilLine: .max, codec: shelf.codec())
    #expect(beyond.board.stream.received == 300)
  }

  @Test("a keyframe of another format is passed over")
  func otherFormat() throws {
    let input = try TapeInput(path: try tape(200))
    let session = try Session(playing: input, until: nil, codec: shelf.codec(format: 8))
    #expect(session.board.stream.received == 200)
    #expect(shelf.taken == 0)
  }

  @Test("keyframes are no more than half of the tape")
  func share() throws {
    let path = folder.file("share.cast")
    _ = try Evening.record(
      Evening.arrivals(3_000), to: .file(path), codec: shelf.codec(padding: 9_000))
    let lines = Folder.bytes(path).split(separator: 0x0A)
    let keyframes = lines.filter { $0.starts(with: "[0.000000,\"k\"".utf8) }
    #expect(keyframes.count > 5)
    let bytes = keyframes.reduce(0) { $0 + $1.count }
    #expect(bytes * 2 <= lines.reduce(0) { $0 + $1.count })
  }

  @Test("a tape that grows gives what has come meanwhile")
  func growing() throws {
    let path = folder.file()
    let recorder = try TapeRecorder(.file(path), sources: ["test"], start: at(0), codec: nil)
    let arrivals = Evening.arrivals(20)
    for inbound in arrivals.prefix(5) { recorder.append(inbound) }
    recorder.flush()
    let input = try TapeInput(path: path)
    #expect(try input.rest().count == 5)
    #expect(try input.peek() == nil)
    for inbound in arrivals.dropFirst(5) { recorder.append(inbound) }
    recorder.flush()
    #expect(try input.rest().count == 16)
    #expect(!input.isCutOff)
  }

  @Test("cut off at any byte, a tape with keyframes opens up to its last whole line")
  func cutAnywhere() throws {
    let path = folder.file("whole.cast")
    _ = try Evening.record(Evening.arrivals(34), to: .file(path), codec: shelf.codec())
    let bytes = Folder.bytes(path)
    let lines = bytes.split(separator: 0x0A)
    #expect(lines.contains { $0.starts(with: "[0.000000,\"k\"".utf8) })
    let frames = lines.map {
      $0.starts(with: "[".utf8) && $0.dropFirst(9).starts(with: ",\"d\"".utf8)
    }
    let header = lines[0].endIndex
    for end in stride(from: header + 1, through: bytes.count, by: 1) {
      let cut = folder.write(Array(bytes[..<end]), "cut.cast")
      let input = try TapeInput(path: cut)
      let session = try Session(playing: input, until: nil, codec: shelf.codec())
      #expect(input.isCutOff == (bytes[end - 1] != 0x0A))
      let events = zip(lines, frames).count { $0.endIndex < end && $1 }
      #expect(session.board.stream.received == events, "cut at \(end)")
    }
  }
}

@Suite("Keyframes that are broken")
struct BrokenKeyframeTests {
  private let folder = Folder()
  private let shelf = SessionShelf()

  private func lines() throws -> [[UInt8]] {
    let path = folder.file("whole.cast")
    _ = try Evening.record(Evening.arrivals(70), to: .file(path), codec: shelf.codec())
    return Folder.bytes(path).split(separator: 0x0A).map { Array($0) }
  }

  private func problem(_ lines: [[UInt8]], playing: Bool = false) -> String {
    let path = folder.write(Array(lines.joined(separator: [0x0A])) + [0x0A], "broken.cast")
    do throws(FileError) {
      let input = try TapeInput(path: path)
      _ = try Session(playing: input, until: nil, codec: playing ? nil : shelf.codec())
      return ""
    } catch {
      return error.isMissing ? "missing" : String(error.description.dropFirst(path.count + 2))
    }
  }

  @Test("a bit of it is another: its line is named, and what to do")
  func damaged() throws {
    let whole = try lines()
    let last = try #require(
      whole.lastIndex { $0.starts(with: "[0.000000,\"k\"".utf8) })
    for place in stride(from: 16, to: whole[last].count, by: 7) {
      var lines = whole
      lines[last][place] = UInt8(ascii: "!")
      #expect(problem(lines).hasPrefix("line \(last + 1): "), "byte \(place)")
    }
    var short = whole
    short[last].removeLast(12)
    short[last] += Array("\"]".utf8)
    #expect(problem(short).hasPrefix("line \(last + 1): this keyframe is broken; the tape plays"))
  }

  @Test("one that is none at all is refused by playing too")
  func noKeyframe() throws {
    var lines = try lines()
    lines[3] = Array("[0.000000,\"k\",\"hello\"]".utf8)
    #expect(problem(lines, playing: true).hasPrefix("line 4: this keyframe is broken"))
  }

  @Test("no mutation of a tape crashes a seek, or keeps it busy for ever", arguments: 0..<4)
  func mutations(seed: UInt64) throws {
    let whole = Array(try lines().joined(separator: [0x0A])) + [0x0A]
    var random = SplitMix64(seed: seed)
    for _ in 0..<60 {
      var mutant = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<mutant.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: mutant[place] = .random(in: 0...255, using: &random)
        case 1: mutant.removeSubrange(place..<min(mutant.count, place + 30))
        default: mutant.insert(contentsOf: Array("99\n[0.1,\"k\",".utf8), at: place)
        }
      }
      guard let input = try? TapeInput(path: folder.write(mutant, "mutant.cast")) else { continue }
      for target in [TapeTarget.moment(at(40_000)), .line(50), .end, .start] {
        _ = try? input.seek(to: target, format: 7)
        _ = try? input.next()
      }
      _ = try? input.end()
    }
  }

  @Test("on a tape that was changed after it was written the keyframes point elsewhere")
  func changed() throws {
    var lines = try lines()
    lines.insert(Array("[0.000000,\"m\",\"put in later\"]".utf8), at: 5)
    let last = try #require(lines.lastIndex { $0.starts(with: "[0.000000,\"k\"".utf8) })
    #expect(problem(lines).hasPrefix("line \(last + 1): this keyframe is broken"))
    lines.removeAll { $0.starts(with: "[0.000000,\"k\"".utf8) }
    #expect(problem(lines) == "")
  }
}
