/// The bytes that take and give back a screen.
struct ScreenSequences {
  var enter: [UInt8]
  var leave: [UInt8]
}

/// The sequences of a terminal, with xterm's private modes where the entry tells of an xterm kind.
///
/// Entering asks for focus reports (1004) and, unless over a line so slow that the answer might
/// reach the shell, whether synchronised output (2026) is known (DECRQM). Leaving also ends what a
/// frame cut short or an earlier program left on: 2026, bracketed paste (2004), the mouse.
func screenSequences(
  _ terminfo: Terminfo, asksForSynchronizedOutput: Bool, arrangesText: Bool
) -> ScreenSequences {
  var enter = terminfo.bytes("smcup", "smkx", "civis", "sgr0")
  var leave: [UInt8] = []
  if terminfo.string("kmous") != nil {
    // Before `clear`, which removes what a terminal that does not understand may show.
    if asksForSynchronizedOutput { enter += Array("\u{1B}[?2026$p".utf8) }
    enter += Array("\u{1B}[?1004h".utf8)
    // Text comes in visual order: a terminal that would reorder it is told not to (BDSM, ECMA-48).
    if arrangesText { enter += Array("\u{1B}[8l".utf8) }
    for mode in [2026, 1004, 2004, 1000, 1002, 1003, 1006] {
      leave += Array("\u{1B}[?\(mode)l".utf8)
    }
    if arrangesText { leave += Array("\u{1B}[8h".utf8) }
  }
  enter += terminfo.bytes("clear")
  // Without a second screen to leave, the dashboard is wiped off the only one.
  let restoring = terminfo.string("rmcup") == nil ? "clear" : "rmcup"
  leave += terminfo.bytes("sgr0", "rmkx", "cnorm", restoring)
  return ScreenSequences(enter: enter, leave: leave)
}
