import Canvas

// The finals and numbers by which terminals name keys in sequences (ECMA-48, VT220, xterm).
extension Key {
  /// The key of ESC [ x and ESC O x; modifiers before x are ignored.
  init?(final: UInt8) {
    switch final {
    case UInt8(ascii: "A"): self = .up
    case UInt8(ascii: "B"): self = .down
    case UInt8(ascii: "C"): self = .right
    case UInt8(ascii: "D"): self = .left
    case UInt8(ascii: "F"): self = .end
    case UInt8(ascii: "H"): self = .home
    case UInt8(ascii: "Z"): self = .backTab
    case UInt8(ascii: "P")...UInt8(ascii: "S"): self = .function(Int(final) - 0x4F)
    default: return nil
    }
  }

  /// The key of ESC [ number ~, as the VT220 numbers them; modifiers after a semicolon are ignored.
  init?(numbered parameters: [UInt8]) {
    let digits = parameters.prefix { $0 != UInt8(ascii: ";") }
    switch Int(String(decoding: digits, as: UTF8.self)) {
    case 1, 7: self = .home
    case 2: self = .insert
    case 3: self = .delete
    case 4, 8: self = .end
    case 5: self = .pageUp
    case 6: self = .pageDown
    // Numbers are skipped after F5, F10 and F14.
    case .some(let number) where (11...15).contains(number): self = .function(number - 10)
    case .some(let number) where (17...21).contains(number): self = .function(number - 11)
    case .some(let number) where (23...26).contains(number): self = .function(number - 12)
    case .some, nil: return nil
    }
  }
}
