import Domain
import Engine
import Glibc
import Recording
import Testing
import Wire

@Suite("Tapes of live runs")
struct RunTests {
  private let home = RunFolder()
  private let shelf = SessionShelf()

  private func folder(segment: Int64 = 20_000, total: Int64 = 1 << 30) -> TapeFolder {
    var folder = TapeFolder(home.path)
    folder.segmentBytes = segment
    folder.totalBytes = total
    return folder
  }

  @Test(
    "a run is named by when it began and by its first source",
    arguments: [
      (["http://127.0.0.1:7800"], "20261121T060000Z-127-0-0-1-7800"),
      (["https://hub.example.org/a/b?c=d", "-"], "20261121T060000Z-hub-example-org+1"),
      (["/home/me/My Project"], "20261121T060000Z-My-Project"), (["-"], "20261121T060000Z--"),
      ([], "20261121T060000Z-tape"), (["../../x\n\u{1B}[2J"], "20261121T060000Z-x---2J"),
    ])
  func names(sources: [String], name: String) {
    #expect(TapeFolder.runName(at(0), sources: sources) == name)
  }

  @Test("a run is cut into files, each of which opens alone, and all of them as one")
  func segments() throws {
    let arrivals = Evening.arrivals(600)
    let recorder = try Evening.record(arrivals, to: .folder(folder()), codec: shelf.codec())
    #expect(recorder.fileCount == home.names.count)
    #expect(recorder.fileCount > 4)
    let path = try #require(recorder.path)
    #expect(path == "\(home.path)/20261121T060000Z-test.cast")
    let input = try TapeInput(path: path)
    let whole = try Session(playing: input, until: nil, codec: nil)
    #expect(whole.board.stream.received == 600)
    for number in 2...recorder.fileCount {
      let part = try TapeInput(path: "\(home.path)/20261121T060000Z-test.\(number).cast")
      let segment = try #require(part.header.segment)
      #expect(segment.number == number)
      let beginning = try Session(playing: part, until: part.header.start, codec: shelf.codec())
      let same = try Session(playing: input, until: part.header.start, codec: nil)
      #expect(try beginning.everything() == same.everything())
      let line = try Session(playing: input, untilLine: segment.linesBefore + 3, codec: nil)
      let alone = try Session(
        playing: part, untilLine: segment.linesBefore + 3, codec: shelf.codec())
      #expect(line.board.stream.received == alone.board.stream.received)
      let end = try Session(playing: part, until: nil, codec: shelf.codec())
      #expect(try end.everything() == whole.everything())
    }
  }

  @Test("any moment of a run of several files is found")
  func moments() throws {
    let recorder = try Evening.record(
      Evening.arrivals(600), to: .folder(folder()), codec: shelf.codec())
    let path = try #require(recorder.path)
    for second in stride(from: 7, to: 600, by: 41) {
      let moment = at(Int64(second) * 1_000)
      let sought = try Session(
        playing: try TapeInput(path: path), until: moment, codec: shelf.codec())
      let played = try Session(playing: try TapeInput(path: path), until: moment, codec: nil)
      #expect(try sought.everything() == played.everything())
    }
  }

  @Test("beyond what all tapes may have the oldest go, those in use stay")
  func total() throws {
    let old = try Evening.record(Evening.arrivals(200), to: .folder(folder()), codec: nil)
    let oldPath = try #require(old.path)
    #expect(access(oldPath, R_OK) == 0)
    // Somebody else writes the first run still: its last file is locked.
    let inUse = try Evening.record(
      Evening.arrivals(400), to: .folder(folder(total: 60_000)), codec: nil)
    #expect(access(oldPath, R_OK) == 0)
    #expect(inUse.path?.hasSuffix("-test-2.cast") == false)
    let bytes = home.names.reduce(0) { $0 + home.size($1) }
    #expect(bytes < 60_000 + 2 * 30_000)
  }

  @Test("files of others in the folder are left alone")
  func strangers() throws {
    home.write("notes.txt", "mine")
    home.write("20261121T060000Z.cast", "mine")
    home.write("x20261121T060000Z-a.cast", "mine")
    _ = try Evening.record(
      Evening.arrivals(400), to: .folder(folder(total: 10_000)), codec: nil)
    #expect(home.names.contains("notes.txt"))
    #expect(home.names.contains("20261121T060000Z.cast"))
    #expect(home.names.contains("x20261121T060000Z-a.cast"))
  }

  @Test("two runs of one second have files of their own")
  func sameSecond() throws {
    let first = try Evening.record(Evening.arrivals(3), to: .folder(folder()), codec: nil)
    let second = try Evening.record(Evening.arrivals(3), to: .folder(folder()), codec: nil)
    #expect(first.path == "\(home.path)/20261121T060000Z-test.cast")
    #expect(second.path == "\(home.path)/20261121T060000Z-test-2.cast")
  }

  @Test("a folder that cannot be made is told, and the run is kept in memory")
  func unwritable() throws {
    let blocked = home.write("file", "")
    let recorder = try Evening.record(
      Evening.arrivals(3), to: .folder(TapeFolder("\(blocked)/tapes")), codec: nil)
    let failure = try #require(recorder.failure)
    #expect(failure.description == "cannot create \(blocked)/tapes: Not a directory")
    #expect(recorder.path == nil)
  }

  @Test(
    "a live session can be looked back at, on disk and in memory alone", arguments: [true, false])
  func looksBack(onDisk: Bool) throws {
    let place = onDisk ? RecordingPlace.folder(folder()) : .memory
    let recorder = try Recorder(place, sources: ["test"], start: at(0), codec: shelf.codec())
    let arrivals = Evening.arrivals(500)
    for inbound in arrivals.prefix(250) { recorder.append(inbound) }
    let input = try recorder.openInput()
    let half = try Session(playing: input, until: nil, codec: shelf.codec())
    #expect(half.board.stream.received == 249)
    for inbound in arrivals.dropFirst(250) { recorder.append(inbound) }
    recorder.mark("rush", at: at(600_000))
    recorder.flush()
    #expect(try input.rest().last?.body == .marker("rush"))
    let early = try Session(playing: input, until: at(90_500), codec: shelf.codec())
    #expect(early.board.stream.received == 91)
    let end = try Session(playing: input, until: nil, codec: shelf.codec())
    #expect(end.board.stream.received == 500)
    #expect((recorder.state.path != nil) == onDisk)
  }

  @Test("in memory the newest is kept, within its bound")
  func memoryBound() throws {
    let recorder = try Recorder(.memory, sources: ["test"], start: at(0), codec: shelf.codec())
    let text = Feed.event(
      1, "task.created", #"{"task":"t","subject":"\#(String(repeating: "x", count: 900_000))"}"#)
    for number in 0..<60 { recorder.append(Feed.frame(text + "\n", at: Int64(number) * 1_000)) }
    let input = try recorder.openInput()
    let first = try #require(input.header.segment)
    #expect(first.number > 1)
    let session = try Session(playing: input, until: nil, codec: shelf.codec())
    #expect(session.board.stream.received == 60)
    #expect(session.now == at(59_000))
    #expect(recorder.state.failure == nil)
  }

  @Test("a tape of its own that cannot be created is refused")
  func ownFile() throws {
    let taken = home.write("taken.cast", "mine")
    #expect(throws: FileError.self) {
      try Recorder(.file(taken), sources: [], start: at(0), codec: nil)
    }
    #expect(home.size("taken.cast") == 4)
  }
}

/// A folder of tapes that is gone with the value.
final class RunFolder {
  let path: String

  init() {
    var template = Array("/tmp/podium-tapes-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp/none"
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// What is in it.
  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  func size(_ name: String) -> Int { Folder.bytes("\(path)/\(name)").count }

  @discardableResult
  func write(_ name: String, _ text: String) -> String {
    let place = "\(path)/\(name)"
    let descriptor = open(place, O_WRONLY | O_CREAT, 0o600)
    _ = Glibc.write(descriptor, text, text.utf8.count)
    close(descriptor)
    return place
  }
}
