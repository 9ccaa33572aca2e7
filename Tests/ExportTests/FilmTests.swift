import Canvas
import Domain
import Engine
import Export
import Recording
import TestSupport
import Testing

@Suite("The film of a tape")
struct FilmTests {
  @Test(
    "ends with the screen of the tape's end, and shows each line once", arguments: Tape.allCases)
  func end(tape: Tape) throws {
    let film = try tape.film(speed: 30)
    let input = try TapeInput(path: tape.path)
    var lines = 0
    var end = input.header.start
    while let entry = try input.next() {
      lines += 1
      end = entry.at
    }
    let session = try Session(playing: TapeInput(path: tape.path), until: end)
    #expect(film.frames.last?.grid == session.draw(try scene()))
    #expect(film.lineCount == lines)
    let length = end - input.header.start
    #expect(film.end == Span(microseconds: Int64((Double(length.microseconds) / 30).rounded())))
  }

  @Test("has no frame that shows what the one before it did, and no more a second than asked for")
  func economy() throws {
    for rate in [1, 10] {
      let frames = try Tape.kitchenRush.film(to: 30, rate: rate).frames
      #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.grid != $1.grid })
      let gap = Span(microseconds: 1_000_000 / Int64(rate))
      #expect(zip(frames, frames.dropFirst().dropLast()).allSatisfy { $1.at - $0.at >= gap })
      #expect(frames.first?.at == .zero)
    }
  }

  @Test("of a stretch shows what a replay shows in it")
  func stretch() throws {
    let film = try Tape.outage.film(from: 20, to: 40)
    let first = try #require(film.frames.first)
    #expect(first.grid == (try Tape.outage.session(after: 20)).draw(try scene()))
    #expect(film.frames.last?.grid == (try Tape.outage.session(after: 40)).draw(try scene()))
    #expect(film.end == .seconds(20))
  }

  @Test("finds the stretches in which nothing but heartbeats arrives")
  func idle() throws {
    let input = try TapeInput(path: Tape.outage.path)
    let start = input.header.start
    let idle = try IdleScan.stretches(on: input, from: nil, to: nil, longerThan: .seconds(5))
    #expect(
      idle.map { [($0.lowerBound - start).wholeSeconds, ($0.upperBound - start).wholeSeconds] }
        == [[0, 9], [13, 30], [38, 49], [58, 68]])
  }
}

@Suite("A cast")
struct CastTests {
  private func grid(_ text: String) -> Grid {
    var grid = Grid(size: Size(width: 5, height: 2))
    grid.write(text, x: 0, y: 0)
    return grid
  }

  @Test("of version 2 counts its times from the beginning")
  func two() {
    var cast = CastWriter(version: .two, depth: .mono)
    let start = Timestamp(seconds: 1_773_511_200)
    let size = Size(width: 5, height: 2)
    var lines = [cast.header(size, title: "podium", start: start)]
    lines.append(cast.frame(grid("ab"), at: .zero))
    lines.append(cast.frame(grid("ac"), at: .milliseconds(1_500)))
    lines.append(cast.marker("a \"mark\"", at: .seconds(2)))
    lines.append(cast.end(at: .seconds(3)))
    #expect(
      lines.map { String(decoding: $0, as: UTF8.self) } == [
        #"{"version":2,"width":5,"height":2,"timestamp":1773511200,"title":"podium"}"# + "\n",
        #"[0.000000,"o","\u001b[?25l\u001b[2J\u001b[H\u001b[mab   \r\n\u001b[K"]"# + "\n",
        #"[1.500000,"o","\u001b[;2Hc"]"# + "\n",
        #"[2.000000,"m","a \"mark\""]"# + "\n",
        #"[3.000000,"o","\u001b[m\u001b[3;1H\u001b[?25h"]"# + "\n",
      ])
  }

  @Test("of version 3 counts them from the line before")
  func three() {
    var cast = CastWriter(version: .three, depth: .mono)
    let header = cast.header(Size(width: 5, height: 2), title: "t", start: Timestamp(seconds: 1))
    #expect(
      String(decoding: header, as: UTF8.self)
        == #"{"version":3,"term":{"cols":5,"rows":2},"timestamp":1,"title":"t"}"# + "\n")
    _ = cast.frame(grid("ab"), at: .seconds(1))
    let marker = cast.marker("m", at: .seconds(3))
    #expect(String(decoding: marker, as: UTF8.self) == "[2.000000,\"m\",\"m\"]\n")
    #expect(
      String(decoding: cast.marker("m", at: .zero), as: UTF8.self) == "[0.000000,\"m\",\"m\"]\n")
  }
}
