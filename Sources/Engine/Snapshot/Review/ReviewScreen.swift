import Canvas

/// The screen of a review: what is shown above, the pictures, the keys below.
struct ReviewScreen {
  let item: ReviewItem
  let pictures: ReviewPictures

  private static let bar = Style(attributes: [.reverse])
  private static let keys = [
    ("a", "accept"), ("r", "reject"), ("s", "skip"), ("f", "flip"), ("d", "difference"),
    ("n", "next"), ("p", "previous"), ("q", "quit"), ("hjkl", "move"),
  ]

  /// Draws a frame; what is beyond the picture is taken off the state's offset.
  func draw(_ state: inout ReviewState, size: Size, charset: Charset) -> Grid {
    var grid = Grid(size: size, charset: charset)
    let content = content(state.view, width: size.width, charset)
    let room = max(0, size.height - 3)
    state.offset.x = min(max(0, state.offset.x), max(0, content.size.width - size.width))
    state.offset.y = min(max(0, state.offset.y), max(0, content.size.height - room))
    grid.copy(
      from: content,
      part: Rect(x: state.offset.x, y: state.offset.y, width: size.width, height: room),
      to: Rect(x: 0, y: 2, width: size.width, height: room))
    drawHead(state, on: &grid)
    drawKeys(state, on: &grid)
    return grid
  }

  /// The word over the picture, and its colour.
  private func title(_ view: ReviewState.View) -> (word: String, style: Style) {
    switch view {
    case .expected where pictures.expected == nil: ("expected: none", .default.bold)
    case .expected: ("expected", Style(foreground: .indexed(1)).bold)
    case .actual: ("actual", Style(foreground: .indexed(2)).bold)
    case .difference where pictures.expected == nil: ("new", Style(foreground: .indexed(2)).bold)
    case .difference: ("difference", .default.bold)
    }
  }

  private func content(_ view: ReviewState.View, width: Int, _ charset: Charset) -> Grid {
    switch view {
    case .expected: return pictures.expected ?? Grid(size: .zero)
    case .actual: return pictures.actual
    case .difference:
      guard let comparison = pictures.comparison else { return pictures.actual }
      let pages = SideBySide(comparison, width: width, charset: charset).pages()
      return Self.joined(pages, width: max(width, SideBySide.minimumWidth))
    }
  }

  private static func joined(_ pages: [Grid], width: Int) -> Grid {
    let height = pages.reduce(0) { $0 + $1.size.height + 1 }
    var grid = Grid(size: Size(width: width, height: height))
    var y = 0
    for page in pages {
      grid.copy(from: page, Rect(x: 0, y: y, width: width, height: page.size.height))
      y += page.size.height + 1
    }
    return grid
  }

  private func drawHead(_ state: ReviewState, on grid: inout Grid) {
    grid.fill(Rect(x: 0, y: 0, width: grid.size.width, height: 1), style: Self.bar)
    let place = " \(state.index + 1)/\(state.count)  "
    let used = grid.write(place, x: 0, y: 0, style: Self.bar.bold)
    grid.write(item.name, x: used, y: 0, style: Self.bar.bold)
    let (word, style) = title(state.view)
    let end = grid.write(" \(word)  ", x: 0, y: 1, style: style)
    let decision = state.decisions[state.index] == .skipped ? "skipped; " : ""
    grid.write(decision + pictures.summary, x: end, y: 1)
  }

  private func drawKeys(_ state: ReviewState, on grid: inout Grid) {
    let y = grid.size.height - 1
    grid.fill(Rect(x: 0, y: y, width: grid.size.width, height: 1), style: Self.bar)
    if let problem = state.problem {
      grid.write(" " + problem, x: 0, y: y, style: Self.bar.bold)
      return
    }
    var x = 1
    for (key, word) in Self.keys {
      x += grid.write(key, x: x, y: y, style: Self.bar.bold)
      x += grid.write(" \(word)   ", x: x, y: y, style: Self.bar)
    }
  }
}
