import CCurses
import Canvas
import Testing

@testable import Curses

@Suite("Curses key codes become keys")
struct KeyCodeTests {
  @Test(
    "a named code is its key",
    arguments: [
      (KEY_UP, Key.up), (KEY_DOWN, .down), (KEY_LEFT, .left), (KEY_RIGHT, .right),
      (KEY_HOME, .home), (KEY_END, .end), (KEY_PPAGE, .pageUp), (KEY_NPAGE, .pageDown),
      (KEY_IC, .insert), (KEY_DC, .delete), (KEY_BACKSPACE, .backspace), (KEY_BTAB, .backTab),
      (KEY_ENTER, .enter), (KEY_F0 + 1, .function(1)), (KEY_F0 + 12, .function(12)),
      (KEY_F0 + 63, .function(63)),
    ])
  func named(code: Int32, key: Key) {
    #expect(Key(code: code, capability: nil) == key)
  }

  @Test(
    "a modified key counts as the key",
    arguments: [
      ("kUP5", Key.up), ("kDN", .down), ("kLFT3", .left), ("kRIT5", .right), ("kHOM6", .home),
      ("kEND7", .end), ("kPRV5", .pageUp), ("kNXT3", .pageDown), ("kDC5", .delete),
    ])
  func modified(capability: String, key: Key) {
    #expect(Key(code: 565, capability: capability) == key)
  }

  @Test("an unknown code is no key", arguments: [nil, "", "5", "kxIN", "KEY_MOUSE"])
  func unknown(capability: String?) {
    #expect(Key(code: 600, capability: capability) == nil)
    #expect(Key(code: KEY_F0, capability: capability) == nil)
    #expect(Key(code: .min, capability: capability) == nil)
  }
}
