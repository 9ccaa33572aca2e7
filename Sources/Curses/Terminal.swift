import CTerminal
package import Canvas
import Glibc

/// The one owner of the screen and the keyboard.
///
/// All of it belongs to one thread, that of the poll(2) loop: wait for `inputDescriptor` and
/// `signalDescriptor`, read both, draw, `present`. From `init` to `restore` the alternate screen
/// shows, the cursor is hidden and keys arrive one by one; whatever ends the process (a signal, a
/// trap, `exit`) gives the terminal back as it was found. Only kill -9 cannot be survived so.
package final class Terminal {
  /// The colours frames are reduced to.
  package let colorDepth: ColorDepth
  /// The glyphs grids for this terminal should be made of.
  package let charset: Charset
  /// Columns and rows, as of the last `.resize`.
  package private(set) var size: Size
  /// To poll for reading: keys. See `readInput`.
  package var inputDescriptor: Int32 { keyboard.descriptor }
  /// To poll for reading: signals. See `readSignals`.
  package let signalDescriptor: Int32

  private let keyboard: Keyboard
  private let input: InputLine
  private var encoder: FrameEncoder
  private var features: FrameEncoder.Features
  /// What the screen shows; `nil` when that is unknown.
  private var presented: Grid?
  private var frame: [UInt8] = []
  private var isRestored = false

  /// Takes the terminal of standard output, and reads keys from standard input or, when that is
  /// no terminal, from the controlling one.
  package init(_ options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNotATerminal }
    let environment = terminalEnvironment()
    charset = options.charset ?? adoptLocale()
    input = try InputLine()
    let terminfo = try Terminfo(environment: environment, descriptor: STDOUT_FILENO)
    colorDepth =
      options.colorDepth
      ?? .detected(
        environment: environment, maximumColors: terminfo.maximumColors,
        hasDirectColor: terminfo.hasDirectColor)
    features = .init(erasesWithBackground: terminfo.hasBackColorErase)
    encoder = FrameEncoder(depth: colorDepth, features: features)
    try takeLine(
      input.descriptor,
      screenSequences(
        terminfo, asksForSynchronizedOutput: environment["SSH_TTY"] == nil,
        arrangesText: options.arrangesText))
    do {
      keyboard = try Keyboard(terminfo: terminfo, descriptor: input.descriptor)
    } catch {
      cterminal_close()
      throw error
    }
    signalDescriptor = cterminal_signal_descriptor()
    size = measuredSize()
    let failure = cterminal_enter()
    guard failure == 0 else {
      cterminal_close()
      throw .failed("entering the screen", failure)
    }
  }

  deinit { restore() }

  /// Shows `grid`: the cells that differ from the last one, as one write. Returns the bytes
  /// written; 0 when nothing differs or the terminal is gone, which the next reads report.
  @discardableResult
  package func present(_ grid: Grid) -> Int {
    frame.removeAll(keepingCapacity: true)
    encoder.encode(from: presented, to: grid, into: &frame)
    guard !frame.isEmpty else { return 0 }
    guard cterminal_write(frame, frame.count) == 0 else {
      presented = nil
      return 0
    }
    presented = grid
    return frame.count
  }

  /// Forgets what the screen shows, so that the next `present` paints every cell.
  package func invalidate() {
    presented = nil
  }

  /// The keys that have come; never waits longer than the 25 ms that tell Escape from a sequence.
  package func readInput() -> [InputEvent] {
    let events = keyboard.read()
    if keyboard.hasSynchronizedOutput, !features.synchronizesOutput {
      features.synchronizesOutput = true
      encoder = FrameEncoder(depth: colorDepth, features: features)
    }
    return events
  }

  /// What the signals that have come ask for. A stop (Ctrl-Z) is carried out here: the call
  /// returns when the process runs again, with a `.resize`, after which a frame must be presented.
  package func readSignals() -> [InputEvent] {
    let signals = Signals(rawValue: cterminal_take_signals())
    let requests = signals.interruptions.map(InputEvent.interrupted)
    guard requests.isEmpty else { return requests }
    if signals.contains(.stop) {
      suspend()
    } else if signals.contains(.continued) {
      // Something stopped the process unasked (kill -STOP) and may have used the terminal since.
      cterminal_leave()
      enterAgain()
    }
    return signals.isEmpty ? [] : [resized()]
  }

  /// Gives the terminal to the shell and stops the process; returns when it runs again. The next
  /// `present` paints every cell.
  package func suspend() {
    cterminal_stop()
    enterAgain()
  }

  /// Leaves the alternate screen, shows the cursor, and restores the line's modes and the signals'
  /// actions. May be called more than once; nothing can be presented afterwards.
  package func restore() {
    guard !isRestored else { return }
    isRestored = true
    cterminal_close()
  }

  private func enterAgain() {
    // A failure means that the process is being ended, or the terminal is gone: both are
    // reported by the next reads.
    _ = cterminal_enter()
    invalidate()
  }

  private func resized() -> InputEvent {
    size = measuredSize()
    invalidate()
    return .resize(size)
  }
}

@available(*, unavailable, message: "a terminal belongs to the thread of its poll loop")
extension Terminal: Sendable {}
