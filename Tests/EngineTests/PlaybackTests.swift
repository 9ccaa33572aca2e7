import Domain
import Engine
import Recording
import Testing
import Wire

@Suite struct PlaybackTests {
  private let folder = Folder()

  private func playback(
    _ moments: [Int64], from position: Int64 = 0, to end: Int64? = nil, speed: Double = 1,
    isPaused: Bool = false
  ) throws -> Playback {
    let arrivals = moments.map {
      Inbound(connection: 0, at: at($0), body: .fact(.heartbeat))
    }
    return Playback(
      try TapeInput(path: folder.tape(arrivals)), from: at(position), to: end.map { at($0) },
      speed: speed, isPaused: isPaused)
  }

  @Test("tape time passes at the speed asked for", arguments: [0.5, 1, 4])
  func speed(speed: Double) throws {
    var playback = try playback([1_000, 2_000], speed: speed)
    let wall = Timestamp(seconds: 5)
    #expect(playback.advance(to: wall) == at(0))
    #expect(try playback.due(limit: 9).isEmpty)
    let first = Span(microseconds: Int64(1_000_000 / speed))
    #expect(try playback.nextDue() == wall + first)
    _ = playback.advance(to: wall + first)
    #expect(try playback.due(limit: 9).map(\.at) == [at(1_000)])
    #expect(!playback.isFinished)
    _ = playback.advance(to: wall + first + first)
    #expect(try playback.due(limit: 9).map(\.at) == [at(2_000)])
    #expect(playback.isFinished)
    #expect(try playback.nextDue() == nil)
  }

  @Test("a speed out of range is brought into it", arguments: [(0, 0.01), (1e9, 10_000)])
  func speedRange(asked: Double, given: Double) throws {
    #expect(try playback([1], speed: asked).speed == given)
  }

  @Test("while paused tape time stands, and goes on from there")
  func pause() throws {
    var playback = try playback([1_000], isPaused: true)
    let wall = Timestamp(seconds: 5)
    #expect(playback.advance(to: wall) == at(0))
    #expect(playback.advance(to: wall + .seconds(60)) == at(0))
    #expect(try playback.nextDue() == nil)
    playback.togglePause()
    #expect(playback.advance(to: wall + .seconds(90)) == at(0))
    #expect(playback.advance(to: wall + .milliseconds(90_400)) == at(400))
    playback.togglePause()
    #expect(playback.advance(to: wall + .seconds(200)) == at(400))
    #expect(try playback.due(limit: 9).isEmpty)
  }

  @Test("it stops where it is told to, and not before")
  func end() throws {
    var playback = try playback([1_000, 9_000], to: 5_000)
    let wall = Timestamp(seconds: 5)
    _ = playback.advance(to: wall)
    _ = playback.advance(to: wall + .seconds(2))
    #expect(try playback.due(limit: 9).count == 1)
    #expect(!playback.isFinished)
    #expect(try playback.nextDue() == wall + .seconds(5))
    #expect(playback.advance(to: wall + .seconds(60)) == at(5_000))
    #expect(try playback.due(limit: 9).isEmpty)
    #expect(playback.isFinished)
    #expect(playback.hasStopped)
    #expect(playback.position == at(5_000))
  }

  @Test("no more is taken at once than the limit")
  func limit() throws {
    var playback = try playback(Array(repeating: 10, count: 5))
    _ = playback.advance(to: at(0))
    _ = playback.advance(to: at(60_000))
    #expect(try playback.due(limit: 2).count == 2)
    #expect(try playback.due(limit: 2).count == 2)
    #expect(!playback.isFinished)
    #expect(try playback.due(limit: 2).count == 1)
    #expect(playback.isFinished)
  }

  @Test("a clock that jumps either way breaks nothing", arguments: [Int64.min, -1, .max])
  func jumps(moment: Int64) throws {
    var playback = try playback([1_000], speed: 10_000)
    _ = playback.advance(to: at(0))
    let position = playback.advance(to: Timestamp(microseconds: moment))
    #expect(position >= at(0))
    #expect(try playback.nextDue() != nil)
  }
}

@Suite struct TapeFileTests {
  private let folder = Folder()
  private static let header = TapeHeader(start: at(0), sources: ["x"], columns: 80, rows: 24)

  @Test("a file that exists is not overwritten")
  func refusesToOverwrite() {
    let path = folder.write([1, 2, 3])
    #expect {
      try TapeFile(creating: path, header: Self.header)
    } throws: { error in
      "\(error)" == "cannot create \(path): File exists; choose another name"
    }
    #expect(Folder.bytes(path) == [1, 2, 3])
  }

  @Test("what is in the file is always whole lines, at most a second behind")
  func wholeLines() throws {
    let path = folder.file()
    let tape = try TapeFile(creating: path, header: Self.header)
    #expect(Folder.bytes(path).isEmpty)
    tape.append(Feed.frame("a\n", at: 400))
    #expect(Folder.bytes(path).isEmpty)
    tape.append(Feed.frame("b\n", at: 1_000))
    let lines = Folder.bytes(path)
    #expect(lines.count { $0 == 0x0A } == 3)
    #expect(lines.last == 0x0A)
    tape.append(Feed.frame(String(repeating: "c", count: 70_000), at: 1_100))
    #expect(Folder.bytes(path).last == 0x0A)
    #expect(Folder.bytes(path).count > 70_000)
    #expect(tape.failure == nil)
  }

  @Test("what is left is written when the tape is let go")
  func lastLines() throws {
    let path = folder.file()
    do {
      let tape = try TapeFile(creating: path, header: Self.header)
      tape.append(Feed.frame("a\n", at: 1))
    }
    #expect(Folder.bytes(path).count { $0 == 0x0A } == 2)
  }

  @Test("a tape that was cut off plays up to its last whole line")
  func cutOff() throws {
    let whole = Folder.bytes(folder.tape())
    let input = try TapeInput(path: folder.write(Array(whole.dropLast(9)), "cut.cast"))
    var count = 0
    while try input.next() != nil { count += 1 }
    #expect(count == Feed.arrivals.count - 1)
    #expect(input.isCutOff)
  }

  @Test(
    "what cannot be read is told in words",
    arguments: [
      ([], "not a tape: it has no header line"),
      (Array("{}".utf8), "not a tape: it has no header line"),
      (Array("noise\n".utf8), "line 1: not a tape: it does not begin with JSON"),
    ] as [([UInt8], String)])
  func unreadable(bytes: [UInt8], problem: String) {
    let path = folder.write(bytes)
    #expect {
      try TapeInput(path: path)
    } throws: { error in
      "\(error)" == "\(path): \(problem)"
    }
  }

  @Test("a missing file and a folder are told in words")
  func missing() {
    #expect { try TapeInput(path: "/nowhere/x.cast") } throws: { error in
      "\(error)" == "cannot open /nowhere/x.cast: No such file or directory; check the path"
    }
    #expect { try TapeInput(path: folder.path) } throws: { error in
      "\(error)" == "cannot read \(folder.path): Is a directory; name a file"
    }
  }

  @Test("a fault far into a tape is told when it is reached")
  func middle() throws {
    let long = Feed.frame(String(repeating: "x", count: 600_000), at: 5)
    let bytes = Folder.bytes(folder.tape([long]))
    let path = folder.write(bytes + Array("noise\n".utf8), "broken.cast")
    let input = try TapeInput(path: path)
    #expect {
      while try input.next() != nil {}
    } throws: { error in
      "\(error)".hasPrefix("\(path): line 3: not JSON")
    }
  }
}
