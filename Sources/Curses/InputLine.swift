import Glibc

/// The terminal that keys are read from: standard input, or the controlling terminal when data is
/// piped in.
final class InputLine {
  let descriptor: Int32
  private let isOwned: Bool

  init() throws(TerminalError) {
    guard isatty(STDIN_FILENO) != 1 else {
      (descriptor, isOwned) = (STDIN_FILENO, false)
      return
    }
    (descriptor, isOwned) = (open("/dev/tty", O_RDWR | O_CLOEXEC), true)
    guard descriptor >= 0 else { throw .noKeyboard }
  }

  deinit {
    if isOwned { close(descriptor) }
  }
}
