import CCurses
import Canvas
import Glibc

/// Curses as a decoder of key sequences, and nothing else.
///
/// Its output goes to /dev/null and its window is a pad: `wgetch` refreshes windows but never
/// pads, so curses cannot write to the terminal at all. The line's modes are CTerminal's.
final class Keyboard {
  /// The terminal keys are read from.
  let descriptor: Int32
  /// The terminal has answered that it knows synchronised output.
  var hasSynchronizedOutput: Bool { decoder.hasSynchronizedOutput }

  private let screen: OpaquePointer
  private let pad: UnsafeMutablePointer<WINDOW>
  private let input: UnsafeMutablePointer<FILE>
  private let sink: UnsafeMutablePointer<FILE>
  private var decoder = KeyDecoder()
  private var fruitlessReads = 0

  /// How long curses waits for the rest of a sequence after an ESC, in milliseconds.
  private static let escapeDelay: Int32 = 25
  /// The most codes taken by one `read`, so that a flood of input cannot hold up the screen.
  private static let readLimit = 4096

  /// A decoder of the keys of `terminfo`'s terminal, read from `descriptor`, which stays open when
  /// the keyboard goes.
  init(terminfo: Terminfo, descriptor: Int32) throws(TerminalError) {
    self.descriptor = descriptor
    guard let input = Self.stream(copyOf: descriptor) else { throw .failed("reading the keyboard") }
    guard let sink = fopen("/dev/null", "we") else {
      let failure = TerminalError.failed("opening /dev/null")
      fclose(input)
      throw failure
    }
    guard let screen = newterm(terminfo.name, sink, input) else {
      fclose(input)
      fclose(sink)
      throw .unknownTerm(terminfo.name)
    }
    guard let pad = newpad(1, 1) else {
      delscreen(screen)
      fclose(input)
      fclose(sink)
      throw .failed("preparing the keyboard")
    }
    (self.input, self.sink, self.screen, self.pad) = (input, sink, screen, pad)
    cbreak()
    set_escdelay(Self.escapeDelay)
    keypad(pad, true)
    nodelay(pad, true)
    // Without it curses clears the eighth bit of every byte.
    meta(pad, true)
  }

  deinit {
    delwin(pad)
    delscreen(screen)
    fclose(input)
    fclose(sink)
  }

  /// The events of all bytes that have come; does not wait beyond the escape delay.
  func read() -> [InputEvent] {
    let state = readiness()
    var count = 0
    while count < Self.readLimit, let code = nextCode() {
      receive(code)
      count += 1
    }
    if count < Self.readLimit { decoder.settle() }
    return decoder.takeEvents() + (hasEnded(state, count) ? [.endOfInput] : [])
  }

  private func nextCode() -> Int32? {
    let code = wgetch(pad)
    return code == ERR ? nil : code
  }

  private func receive(_ code: Int32) {
    if let byte = UInt8(exactly: code) { return decoder.receive(byte) }
    let capability = keyname(code).map { String(cString: $0) }
    guard let key = Key(code: code, capability: capability) else { return }
    decoder.receive(key)
  }

  private func readiness() -> Int32 {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0 ? Int32(request.revents) : 0
  }

  /// A line that hung up says so, or stays readable without ever giving a byte. Another reader of
  /// the same terminal can cause that once, so it must happen repeatedly.
  private func hasEnded(_ state: Int32, _ count: Int) -> Bool {
    guard count == 0, state != 0 else {
      fruitlessReads = 0
      return false
    }
    fruitlessReads += 1
    return state & (POLLHUP | POLLERR | POLLNVAL) != 0 || fruitlessReads >= 3
  }

  private static func stream(copyOf descriptor: Int32) -> UnsafeMutablePointer<FILE>? {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { return nil }
    guard let stream = fdopen(copy, "r") else {
      close(copy)
      return nil
    }
    return stream
  }
}

extension TerminalError {
  /// The failure of the last system call, by errno.
  static func failed(_ action: String) -> TerminalError {
    failed(action, errno)
  }

  static func failed(_ action: String, _ code: Int32) -> TerminalError {
    .system(doing: action, reason: String(cString: strerror(code)))
  }
}
