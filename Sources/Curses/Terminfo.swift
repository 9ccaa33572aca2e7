import CCurses

/// The terminfo entry of one terminal; valid while it is the process's current one.
struct Terminfo {
  let name: String

  /// Loads the entry named by TERM for the terminal `descriptor`.
  init(environment: [String: String], descriptor: Int32) throws(TerminalError) {
    guard let name = environment["TERM"], !name.isEmpty else { throw .termIsNotSet }
    self.name = name
    var outcome: Int32 = 0
    guard setupterm(name, descriptor, &outcome) == OK else {
      // 1 is a hardcopy terminal, 0 an unknown one, -1 a missing database.
      throw outcome == 1 ? .incapableTerm(name) : .unknownTerm(name)
    }
    guard string("cup") != nil else { throw .incapableTerm(name) }
  }

  var maximumColors: Int { Int(tigetnum("colors")) }

  /// True when the entry promises 24-bit colours: `RGB` may be of any type, tmux's `Tc` is a flag.
  var hasDirectColor: Bool {
    tigetflag("RGB") == 1 || tigetnum("RGB") > 0 || string("RGB") != nil || tigetflag("Tc") == 1
  }

  /// Erasing fills with the current background.
  var hasBackColorErase: Bool { tigetflag("bce") == 1 }

  /// The bytes of a capability without parameters, padding removed; `nil` when absent.
  func string(_ capability: String) -> [UInt8]? {
    // Absent is a null pointer, wrongly typed is -1.
    guard let text = tigetstr(capability), Int(bitPattern: text) != -1 else { return nil }
    return withoutPadding(Array(String(cString: text).utf8))
  }

  /// The bytes of those capabilities the terminal has, in this order.
  func bytes(_ capabilities: String...) -> [UInt8] {
    capabilities.flatMap { string($0) ?? [] }
  }
}

/// A terminfo string without its delays, `$<milliseconds>`, which no terminal of today needs.
func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
  var kept: [UInt8] = []
  var rest = bytes[...]
  while let byte = rest.popFirst() {
    let opens = byte == UInt8(ascii: "$") && rest.first == UInt8(ascii: "<")
    if opens, let end = rest.firstIndex(of: UInt8(ascii: ">")) {
      rest = rest[rest.index(after: end)...]
    } else {
      kept.append(byte)
    }
  }
  return kept
}
