import CTerminal
import Canvas
import Glibc

/// Opens CTerminal on standard output and the line `descriptor`.
func takeLine(_ descriptor: Int32, _ sequences: ScreenSequences) throws(TerminalError) {
  let failure = cterminal_open(
    descriptor, STDOUT_FILENO, sequences.enter, sequences.enter.count, sequences.leave,
    sequences.leave.count)
  guard failure != EBUSY else { throw .alreadyOpen }
  guard failure == 0 else { throw .failed("taking the terminal", failure) }
}

/// Columns and rows of the terminal; 80 by 24 when it does not know.
func measuredSize() -> Size {
  var columns: Int32 = 0
  var rows: Int32 = 0
  cterminal_size(&columns, &rows)
  guard columns > 0, rows > 0 else { return Size(width: 80, height: 24) }
  return Size(width: Int(columns), height: Int(rows))
}
