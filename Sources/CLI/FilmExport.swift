import Canvas
import Domain
import Engine
import Export
import Panes
import Recording

// The exports that are films: a tape drawn again and again, as its time passes.

extension ExportCommand {
  func exportFilm() throws {
    let input = try opened()
    let view = try drawing.snapshotView(at: .end, size: film.size)
    let scene = view.scene
    let start = try moment(from, input)
    let clock = try film.clock(ofTapeAt: tape, input, from: start, to: try moment(end, input))
    let screens = try Film(
      input, scene: scene, clock: clock, from: start, to: try moment(end, input), rate: film.fps)
    let colors = view.exportColors
    switch to {
    case .svg: try write(Developer.svg(screens, colors: colors), input)
    case .html: try write(Developer.html(screens, colors: colors), input)
    case .cast, .json, .ndjson: try exportCast(screens, view.depth, clock.start, input)
    }
  }

  private func exportCast(
    _ screens: Film, _ depth: ColorDepth, _ start: Timestamp, _ input: TapeInput
  ) throws {
    let out = try Destination(output, replaces: force)
    var cast = CastWriter(version: film.castVersion, depth: depth)
    var isRead = try out.write(cast.header(film.size, title: "podium", start: start))
    try Developer.develop(screens) { step in
      switch step {
      case .frame(let grid, let time): isRead = try out.write(cast.frame(grid, at: time))
      case .line(let entry, let time):
        guard case .marker(let label) = entry.body else { return true }
        isRead = try out.write(cast.marker(label, at: time))
      case .end(let time): isRead = try out.write(cast.end(at: time))
      }
      return isRead
    }
    sayCutOff(input)
    try out.finish()
  }

  func exportTape() throws {
    let input = try opened()
    let view = try drawing.snapshotView(at: .end, size: film.size)
    let screens = try Film(
      input, scene: view.scene, clock: FilmClock(start: input.header.start), from: nil, to: nil,
      rate: film.fps)
    var tape = PicturedTape(input.header, size: film.size, depth: view.depth)
    let out = try Destination(output, replaces: force)
    var isRead = try out.write(tape.headerLine)
    try Developer.develop(screens) { step in
      switch step {
      case .frame(let grid, let time): isRead = try out.write(tape.frame(grid, at: time))
      case .line(let entry, _): isRead = try out.write(tape.line(entry))
      case .end: break
      }
      return isRead
    }
    sayCutOff(input)
    try out.finish()
  }
}

/// Runs a film, with a word on a terminal where it takes long.
private enum Developer {
  static func svg(_ film: Film, colors: ExportColors) throws -> [UInt8] {
    var picture = SVGFilm(colors: colors, title: "podium")
    var length = Span.zero
    try develop(film) { step in
      switch step {
      case .frame(let grid, let time): try picture.add(grid, at: time.microseconds)
      case .line: break
      case .end(let time): length = time
      }
      return true
    }
    return Array(picture.render(end: length.microseconds).utf8)
  }

  static func html(_ film: Film, colors: ExportColors) throws -> [UInt8] {
    var page = HTMLFilm(colors: colors, title: "podium")
    var length = Span.zero
    try develop(film) { step in
      switch step {
      case .frame(let grid, let time): try page.add(grid, at: time.microseconds)
      case .line(let entry, let time):
        if case .marker(let label) = entry.body { page.mark(label, at: time.microseconds) }
      case .end(let time): length = time
      }
      return true
    }
    return Array(page.render(end: length.microseconds).utf8)
  }

  static func develop(_ film: Film, _ take: (Film.Step) throws -> Bool) throws {
    var film = film
    let start = film.position
    var progress = ProgressWord("drawing")
    defer { progress.clear() }
    while let step = try film.next(), try take(step) {
      progress.tell { Format.clock(film.position - start) }
    }
  }
}
