import Canvas
import Curses
import Engine

/// The terminal as the loop's display.
final class TerminalDisplay: Display {
  private let terminal: Terminal

  /// Takes the terminal.
  init(_ options: DrawingOptions) throws {
    do throws(TerminalError) {
      terminal = try Terminal(
        TerminalOptions(
          colorDepth: options.color, charset: options.ascii ? .ascii : nil,
          arrangesText: options.arrangesText))
    } catch {
      throw Failure(.usage, error.description)
    }
  }

  var size: Size { terminal.size }
  var charset: Charset { terminal.charset }
  var colorDepth: ColorDepth { terminal.colorDepth }
  var descriptors: [Int32] { [terminal.inputDescriptor, terminal.signalDescriptor] }

  func readEvents() -> [InputEvent] { terminal.readSignals() + terminal.readInput() }
  func present(_ grid: Grid) -> Int { terminal.present(grid) }
  func invalidate() { terminal.invalidate() }
  func suspend() { terminal.suspend() }

  /// Gives the terminal back.
  func restore() { terminal.restore() }
}
