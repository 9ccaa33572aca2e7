/// One key press as a terminal reports it, free of any terminal library's codes.
package enum Key: Hashable, Sendable {
  /// A printable character, already shifted.
  case character(Character)
  /// Control held with a letter; the letter is lowercase.
  case control(Character)
  /// Alt (Meta) held with a character.
  case alt(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, pageUp, pageDown, home, end
  /// F1 is `function(1)`.
  case function(Int)
}
