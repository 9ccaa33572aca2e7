import CCurses
import Canvas

extension Key {
  /// The key of a curses key code (`KEY_UP` …); `nil` for one Podium has no name for.
  ///
  /// `capability` is curses' name of the code (`keyname`), which alone identifies the extended
  /// ones: `kUP5` is Ctrl-Up and counts as Up, since modified arrows have no meaning of their own.
  init?(code: Int32, capability: String?) {
    if let key = Self.named[code] {
      self = key
    } else if code > KEY_F0, code <= KEY_F0 + 63 {
      self = .function(Int(code - KEY_F0))
    } else if let key = capability.flatMap(Self.extended) {
      self = key
    } else {
      return nil
    }
  }

  private static let named: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right,
    KEY_SR: .up, KEY_SF: .down, KEY_SLEFT: .left, KEY_SRIGHT: .right,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_SPREVIOUS: .pageUp, KEY_SNEXT: .pageDown,
    KEY_HOME: .home, KEY_END: .end, KEY_SHOME: .home, KEY_SEND: .end,
    KEY_A1: .home, KEY_A3: .pageUp, KEY_C1: .end, KEY_C3: .pageDown,
    KEY_IC: .insert, KEY_DC: .delete, KEY_SIC: .insert, KEY_SDC: .delete,
    KEY_BACKSPACE: .backspace, KEY_BTAB: .backTab, KEY_ENTER: .enter,
  ]

  private static func extended(_ capability: String) -> Key? {
    let base = capability.last?.isNumber == true ? String(capability.dropLast()) : capability
    return switch base {
    case "kUP": .up
    case "kDN": .down
    case "kLFT": .left
    case "kRIT": .right
    case "kHOM": .home
    case "kEND": .end
    case "kPRV": .pageUp
    case "kNXT": .pageDown
    case "kIC": .insert
    case "kDC": .delete
    default: nil
    }
  }
}
