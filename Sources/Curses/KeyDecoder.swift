import Canvas

/// Turns the bytes and keys that curses reads into events: UTF-8, Control and Alt, and the escape
/// sequences that the terminal sends although its terminfo entry does not list them (ECMA-48
/// section 5.4). Knows neither time nor descriptors.
///
/// Whatever arrives, it emits keys or drops bytes: an unknown sequence is swallowed whole, so that
/// its letters never act as commands. At most `sequenceLimit` bytes are kept.
struct KeyDecoder {
  private enum State {
    case ground
    /// A lead byte has promised `missing` more bytes of one UTF-8 character.
    case character(bytes: [UInt8], missing: Int)
    /// An ESC: the Escape key, Alt with the next character, or a sequence.
    case escape
    /// ESC O: one more byte names the key.
    case singleShift
    /// ESC [: parameters up to a final byte.
    case control(parameters: [UInt8])
    /// ESC and `opening` (OSC, DCS, APC): the reply to a question, dropped up to its end.
    case reply(opening: UInt8, count: Int, sawEscape: Bool)
  }

  /// The longest control sequence understood, and the longest reply dropped.
  static let sequenceLimit = 32
  static let replyLimit = 256

  /// The terminal has reported mode 2026 as one it knows (DECRPM).
  private(set) var hasSynchronizedOutput = false

  private var state = State.ground
  private var events: [InputEvent] = []

  /// The events decoded since last asked.
  mutating func takeEvents() -> [InputEvent] {
    defer { events = [] }
    return events
  }

  /// Takes a key that curses has recognised. It ends whatever sequence was open.
  mutating func receive(_ key: Key) {
    settle()
    state = .ground
    events.append(.key(key))
  }

  /// Takes one byte that curses has not made part of a key.
  mutating func receive(_ byte: UInt8) {
    switch state {
    case .ground: begin(byte)
    case .character(let bytes, let missing): extend(bytes, missing, by: byte)
    case .escape: followEscape(byte)
    case .singleShift: finish(singleShift: byte)
    case .control(let parameters): extend(control: parameters, by: byte)
    case .reply(let opening, let count, let sawEscape): drop(byte, opening, count, sawEscape)
    }
  }

  /// Tells that no byte followed for now: an ESC is then the Escape key, and the opening of a
  /// sequence a key held with Alt. A character or sequence cut in its middle keeps waiting.
  mutating func settle() {
    switch state {
    case .escape: emit(.escape)
    case .singleShift: emit(.alt("O"))
    case .control(let parameters) where parameters.isEmpty: emit(.alt("["))
    case .reply(let opening, 0, _): emit(.alt(Character(Unicode.Scalar(opening))))
    case .ground, .character, .control, .reply: break
    }
  }

  private mutating func emit(_ key: Key?) {
    state = .ground
    if let key { events.append(.key(key)) }
  }
}

// Characters.
extension KeyDecoder {
  private mutating func begin(_ byte: UInt8) {
    switch byte {
    case 0x1B: state = .escape
    case 0x00: emit(.control(" "))
    case 0x08, 0x7F: emit(.backspace)
    case 0x09: emit(.tab)
    case 0x0A, 0x0D: emit(.enter)
    case 0x01...0x1A: emit(.control(Character(Unicode.Scalar(byte + 0x60))))
    case 0x1C...0x1F: emit(.control(Character(Unicode.Scalar(byte + 0x40))))
    case 0x20...0x7E: emit(.character(Character(Unicode.Scalar(byte))))
    case 0xC2...0xDF: state = .character(bytes: [byte], missing: 1)
    case 0xE0...0xEF: state = .character(bytes: [byte], missing: 2)
    case 0xF0...0xF4: state = .character(bytes: [byte], missing: 3)
    default: state = .ground
    }
  }

  private mutating func extend(_ bytes: [UInt8], _ missing: Int, by byte: UInt8) {
    guard byte & 0xC0 == 0x80 else {
      state = .ground
      return receive(byte)
    }
    guard missing == 1 else {
      state = .character(bytes: bytes + [byte], missing: missing - 1)
      return
    }
    // Validation, not repair: an overlong form or a surrogate is no key.
    emit(String(validating: bytes + [byte], as: UTF8.self)?.first.map { .character($0) })
  }
}

// Sequences.
extension KeyDecoder {
  private mutating func followEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "["): state = .control(parameters: [])
    case UInt8(ascii: "O"): state = .singleShift
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"):
      state = .reply(opening: byte, count: 0, sawEscape: false)
    case 0x20...0x7E: emit(.alt(Character(Unicode.Scalar(byte))))
    default:
      emit(.escape)
      begin(byte)
    }
  }

  private mutating func finish(singleShift byte: UInt8) {
    switch byte {
    case UInt8(ascii: "M"): emit(.enter)
    case 0x40...0x7E: emit(Key(final: byte))
    default:
      state = .ground
      begin(byte)
    }
  }

  private mutating func extend(control parameters: [UInt8], by byte: UInt8) {
    switch byte {
    // The Linux console's function keys: ESC [ [ A.
    case UInt8(ascii: "[") where parameters.isEmpty:
      state = .control(parameters: [byte])
    case 0x20...0x3F where parameters.count < Self.sequenceLimit:
      state = .control(parameters: parameters + [byte])
    case 0x40...0x7E: finish(parameters, final: byte)
    default:
      state = .ground
      begin(byte)
    }
  }

  private mutating func finish(_ parameters: [UInt8], final: UInt8) {
    state = .ground
    if parameters.isEmpty, final == UInt8(ascii: "I") || final == UInt8(ascii: "O") {
      events.append(.focus(final == UInt8(ascii: "I")))
    } else if parameters == [UInt8(ascii: "[")] {
      emit((0x41...0x45).contains(final) ? .function(Int(final) - 0x40) : nil)
    } else if final == UInt8(ascii: "y") {
      let reports = ["?2026;1$", "?2026;2$", "?2026;3$"]
      if reports.contains(String(decoding: parameters, as: UTF8.self)) {
        hasSynchronizedOutput = true
      }
    } else if final == UInt8(ascii: "~") {
      emit(Key(numbered: parameters))
    } else {
      emit(Key(final: final))
    }
  }

  private mutating func drop(
    _ byte: UInt8, _ opening: UInt8, _ count: Int, _ sawEscape: Bool
  ) {
    let isEnd = byte == 0x07 || (sawEscape && byte == UInt8(ascii: "\\"))
    let isOver = isEnd || count >= Self.replyLimit
    state =
      isOver ? .ground : .reply(opening: opening, count: count + 1, sawEscape: byte == 0x1B)
  }
}
