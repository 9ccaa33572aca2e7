import Domain
import Engine
import Recording
import Testing
import Wire

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
      "\(error)"
        == "\(folder.path): is a folder, and a tape is a file: name one of the tapes in it"
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
