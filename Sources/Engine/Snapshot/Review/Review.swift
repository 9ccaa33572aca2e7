import CLinux
import Canvas
import Glibc

/// Walks the pictures that wait to be judged, on a display, until all are or the person leaves.
package struct Review {
  private let items: [ReviewItem]
  private let display: any Display
  private var state: ReviewState
  private var screen: ReviewScreen?
  /// Whether a signal ended it, or the terminal: there may be nobody to tell what was done.
  package private(set) var wasInterrupted = false

  /// A review of `items`, each of which is read when it is shown.
  package init(of items: [ReviewItem], on display: any Display) {
    self.items = items
    self.display = display
    state = ReviewState(count: items.count)
  }

  /// Runs to its end and tells what was decided.
  package mutating func run() -> ReviewReport {
    while !state.isOver {
      draw()
      wait()
      for event in display.readEvents() where !state.isOver { take(event) }
    }
    return ReviewReport(items, state.decisions)
  }

  private mutating func draw() {
    let item = items[state.index]
    if screen?.item != item {
      do throws(FileError) {
        screen = ReviewScreen(item: item, pictures: try item.load())
      } catch {
        screen = ReviewScreen(
          item: item,
          pictures: ReviewPictures(
            actual: Grid(size: .zero), expected: nil, problem: error.description))
      }
    }
    guard let screen else { return }
    _ = display.present(screen.draw(&state, size: display.size, charset: display.charset))
  }

  private func wait() {
    var descriptors = display.descriptors.map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    _ = clinux_poll(&descriptors, nfds_t(descriptors.count), 3_600_000_000)
  }

  private mutating func take(_ event: InputEvent) {
    switch event {
    case .key(let key): if let effect = state.press(key) { carryOut(effect) }
    case .interrupted, .endOfInput:
      wasInterrupted = true
      state.end()
    case .resize, .focus: break
    }
  }

  private mutating func carryOut(_ effect: ReviewState.Effect) {
    do throws(FileError) {
      switch effect {
      case .accept(let number):
        try items[number].accept()
        state.decide(.accepted)
      case .reject(let number):
        try items[number].reject()
        state.decide(.rejected)
      case .suspend: display.suspend()
      }
    } catch {
      state.failed(error.description)
    }
  }
}

/// What a review did.
package struct ReviewReport: Equatable, Sendable {
  package var accepted: [String] = []
  package var rejected: [String] = []
  /// Skipped, or not come to.
  package var left: [String] = []

  /// A report of nothing.
  package init() {}

  init(_ items: [ReviewItem], _ decisions: [Int: ReviewState.Decision]) {
    for (number, item) in items.enumerated() {
      switch decisions[number] {
      case .accepted: accepted.append(item.name)
      case .rejected: rejected.append(item.name)
      case .skipped, nil: left.append(item.name)
      }
    }
  }

  /// A line for each picture that was judged, and the sums.
  package var text: String {
    let lines =
      accepted.map { "accepted  \($0)" } + rejected.map { "rejected  \($0)" }
      + left.map { "left      \($0)" }
    let sum =
      "\(accepted.count) accepted, \(rejected.count) rejected, \(left.count) left as they are"
    return (lines + [sum]).joined(separator: "\n")
  }
}
