import Canvas
import Domain
import Engine
import Glibc

/// A display whose keys are written in advance. Its descriptor is always readable, so that the loop
/// never sleeps; each turn of the loop takes the next step of the script and moves the clock.
final class ScriptedDisplay: Display {
  /// One turn of the loop: what is done before it, and what is typed in it.
  struct Step {
    var milliseconds: Int64 = 0
    var act: () -> Void = {}
    var events: [InputEvent] = []

    /// Time passes.
    static func pass(_ milliseconds: Int64) -> Step { Step(milliseconds: milliseconds) }
    /// A key is pressed.
    static func press(_ key: Key) -> Step { Step(events: [.key(key)]) }
    /// Something is done.
    static func act(_ act: @escaping () -> Void) -> Step { Step(act: act) }
    static func event(_ event: InputEvent) -> Step { Step(events: [event]) }
  }

  var size = Size(width: 120, height: 40)
  let charset = Charset.unicode
  let colorDepth = ColorDepth.truecolor
  let descriptors: [Int32]
  private let pipe: (reader: Int32, writer: Int32)
  private var steps: [Step]
  private(set) var now = at(0)
  private(set) var frames: [Grid] = []
  /// Called when a frame was shown.
  var onFrame: () -> Void = {}
  private(set) var suspensions = 0
  private(set) var invalidations = 0

  init(_ steps: [Step] = []) {
    var ends: [Int32] = [-1, -1]
    Glibc.pipe(&ends)
    pipe = (ends[0], ends[1])
    var byte: UInt8 = 0
    write(ends[1], &byte, 1)
    descriptors = [ends[0]]
    self.steps = steps.reversed()
  }

  deinit {
    close(pipe.reader)
    close(pipe.writer)
  }

  /// Adds steps to the end of the script.
  func then(_ more: [Step]) { steps = more.reversed() + steps }

  /// Ends the loop once the script is over, as a closed terminal does.
  func readEvents() -> [InputEvent] {
    guard let step = steps.popLast() else { return [.endOfInput] }
    now = now + .milliseconds(step.milliseconds)
    step.act()
    return step.events
  }

  func present(_ grid: Grid) -> Int {
    frames.append(grid)
    onFrame()
    return 100
  }

  func invalidate() { invalidations += 1 }
  func suspend() { suspensions += 1 }

  /// The rows of the newest frame.
  var rows: [String] {
    guard let grid = frames.last else { return [] }
    return (0..<grid.size.height).map { grid.rowText($0) }
  }

  /// The newest frame as one text.
  var text: String { rows.joined(separator: "\n") }
}
