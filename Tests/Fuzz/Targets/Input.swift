import Glibc

/// One input and the ways it is cut up: drawn from its own bytes, so that a case found is the same
/// case again.
struct Input {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The input in pieces of up to 16 bytes, some of them empty.
  var pieces: [ArraySlice<UInt8>] {
    var state = bytes.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    var rest = bytes[...]
    var pieces: [ArraySlice<UInt8>] = []
    while !rest.isEmpty {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let size = Int(state >> 33 & 15)
      pieces.append(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return pieces
  }

  /// As text, with what is no UTF-8 replaced.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Ends the process when an invariant is broken.
func require(_ holds: Bool, _ invariant: String) {
  guard !holds else { return }
  say("broken: \(invariant)")
  abort()
}

/// Writes a line to the standard error.
func say(_ words: String) {
  let line = Array("podium-fuzz: \(words)\n".utf8)
  write(STDERR_FILENO, line, line.count)
}
