import Canvas
import Testing

@testable import Curses

@Suite("Bytes become key events")
struct KeyDecoderTests {
  /// The events of `bytes` followed by a silence.
  private func events(_ bytes: [UInt8]) -> [InputEvent] {
    var decoder = KeyDecoder()
    for byte in bytes { decoder.receive(byte) }
    decoder.settle()
    return decoder.takeEvents()
  }

  private func events(_ text: String) -> [InputEvent] {
    events(Array(text.utf8))
  }

  private func keys(_ text: String) -> [Key] {
    events(text).compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  @Test("printable characters are themselves")
  func characters() {
    #expect(keys("aZ ~") == [.character("a"), .character("Z"), .character(" "), .character("~")])
  }

  @Test("UTF-8 characters of every length are one key each")
  func utf8() {
    #expect(keys("é世🦀") == [.character("é"), .character("世"), .character("🦀")])
  }

  @Test(
    "control bytes are keys",
    arguments: [
      ("\r", Key.enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace),
      ("\u{08}", .backspace), ("\u{00}", .control(" ")), ("\u{01}", .control("a")),
      ("\u{03}", .control("c")), ("\u{1A}", .control("z")), ("\u{1C}", .control("\\")),
      ("\u{1F}", .control("_")),
    ])
  func controls(text: String, key: Key) {
    #expect(keys(text) == [key])
  }

  @Test("a lone ESC is Escape once nothing follows")
  func loneEscape() {
    var decoder = KeyDecoder()
    decoder.receive(0x1B)
    #expect(decoder.takeEvents() == [])
    decoder.settle()
    #expect(decoder.takeEvents() == [.key(.escape)])
    decoder.settle()
    #expect(decoder.takeEvents() == [])
  }

  @Test(
    "ESC and a character is Alt",
    arguments: ["x", "X", "1", "[", "O", "/", "P", "]"] as [Character])
  func alt(character: Character) {
    #expect(keys("\u{1B}\(character)") == [.alt(character)])
  }

  @Test("two Escapes are two Escapes")
  func twoEscapes() {
    #expect(keys("\u{1B}\u{1B}") == [.escape, .escape])
  }

  @Test(
    "sequences missing from terminfo are understood",
    arguments: [
      ("[A", Key.up), ("OB", .down), ("[1;5C", .right), ("[1;2D", .left), ("OH", .home),
      ("[F", .end), ("[1~", .home), ("[4~", .end), ("[2~", .insert), ("[3;5~", .delete),
      ("[5~", .pageUp), ("[6~", .pageDown), ("[Z", .backTab), ("OP", .function(1)),
      ("[1;2S", .function(4)), ("[[A", .function(1)), ("[[E", .function(5)),
      ("[15~", .function(5)), ("[17~", .function(6)), ("[21~", .function(10)),
      ("[24~", .function(12)), ("OM", .enter),
    ])
  func sequences(text: String, key: Key) {
    #expect(keys("\u{1B}\(text)") == [key])
  }

  @Test("the window's focus is reported")
  func focus() {
    #expect(events("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)])
  }

  @Test("an answer about synchronised output is kept", arguments: [1, 2, 3])
  func synchronizedOutput(setting: Int) {
    var decoder = KeyDecoder()
    for byte in "\u{1B}[?2026;\(setting)$y".utf8 { decoder.receive(byte) }
    #expect(decoder.hasSynchronizedOutput)
    #expect(decoder.takeEvents() == [])
  }

  @Test("a refusal of synchronised output is kept", arguments: ["0", "4", "", "22"])
  func noSynchronizedOutput(setting: String) {
    var decoder = KeyDecoder()
    for byte in "\u{1B}[?2026;\(setting)$y".utf8 { decoder.receive(byte) }
    #expect(!decoder.hasSynchronizedOutput)
  }

  @Test(
    "unknown sequences are swallowed whole",
    arguments: [
      "[9;9u", "[<0;3;4M", "[[F", "[99~", "[~", "[99999999999999999999~", "OX", "[?62;1;4c",
      "]11;rgb:0000/0000/0000\u{7}", "P1$r0m\u{1B}\\", "_G;OK\u{1B}\\",
    ])
  func unknown(text: String) {
    #expect(events("\u{1B}\(text)q") == [.key(.character("q"))])
  }

  @Test("a sequence cut by a slow line is joined")
  func cutSequence() {
    var decoder = KeyDecoder()
    for byte in "\u{1B}[1;".utf8 { decoder.receive(byte) }
    decoder.settle()
    for byte in "5A".utf8 { decoder.receive(byte) }
    #expect(decoder.takeEvents() == [.key(.up)])
  }

  @Test("a character cut by a slow line is joined")
  func cutCharacter() {
    var decoder = KeyDecoder()
    for byte in [0xE4, 0xB8] as [UInt8] { decoder.receive(byte) }
    decoder.settle()
    decoder.receive(0x96)
    #expect(decoder.takeEvents() == [.key(.character("世"))])
  }

  @Test(
    "bytes that are not UTF-8 are dropped and the next key is kept",
    arguments: [
      [0xFF], [0x80], [0xC0, 0x80], [0xE4, 0xB8], [0xED, 0xA0, 0x80], [0xF5],
      [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0x1B, 0x5B, 0xFF],
    ] as [[UInt8]])
  func invalid(bytes: [UInt8]) {
    #expect(events(bytes + [0x71]) == [.key(.character("q"))])
  }

  @Test("a key known to curses ends an open sequence")
  func keyInterrupts() {
    var decoder = KeyDecoder()
    decoder.receive(0x1B)
    decoder.receive(Key.up)
    decoder.receive(0x61)
    #expect(decoder.takeEvents() == [.key(.escape), .key(.up), .key(.character("a"))])
  }

  @Test("endless sequences end at their bound", arguments: ["[", "]", "P"])
  func bounded(opening: String) {
    let flood = String(repeating: "1", count: KeyDecoder.replyLimit + 100)
    let decoded = keys("\u{1B}\(opening)\(flood)")
    #expect(decoded.contains(.character("1")))
  }

  @Test("no byte sequence is fatal and every tail recovers")
  func garbage() {
    // A linear congruential generator, so that a failure repeats.
    var state: UInt32 = 1
    var decoder = KeyDecoder()
    for _ in 0..<200_000 {
      state = state &* 1_664_525 &+ 1_013_904_223
      decoder.receive(UInt8(truncatingIfNeeded: state >> 24))
      if state >> 16 & 0xFF == 0 { decoder.settle() }
    }
    _ = decoder.takeEvents()
    for _ in 0...KeyDecoder.replyLimit { decoder.receive(UInt8(ascii: "q")) }
    #expect(decoder.takeEvents().last == .key(.character("q")))
  }
}
