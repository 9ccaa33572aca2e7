import Domain
import Engine
import Recording
import Testing
import Wire

@Suite("Compressed tapes")
struct PackedTapeTests {
  private let folder = Folder()

  /// A gzip member (RFC 1952) of some bytes, its checksum and size right.
  private static func member(_ bytes: [UInt8]) -> [UInt8] {
    var remainder: UInt32 = .max
    for byte in bytes {
      remainder ^= UInt32(byte)
      for _ in 0..<8 { remainder = (remainder >> 1) ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    let words = [~remainder, UInt32(truncatingIfNeeded: bytes.count)].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + (RawDeflate.deflated(bytes) ?? []) + words
  }

  private func tape() -> [UInt8] { Folder.bytes(folder.tape(Evening.arrivals(90), "plain.cast")) }

  @Test("a gzip tape is read as the tape it holds, whatever its name, and sought on")
  func gzip() throws {
    let plain = tape()
    let half = plain.count / 2
    let path = folder.write(
      Self.member(Array(plain[..<half])) + Self.member(Array(plain[half...])), "packed")
    let input = try TapeInput(path: path)
    let session = try Session(playing: input, until: nil)
    #expect(session.board.stream.received == 90)
    #expect(!input.isCutOff)
    #expect(try Session(playing: input, until: at(20_500)).board.stream.received == 21)
  }

  @Test("a gzip tape that was cut off opens up to what is there")
  func cut() throws {
    let packed = Self.member(tape())
    for part in [packed.count / 3, packed.count / 2, packed.count - 1] {
      let input = try TapeInput(path: folder.write(Array(packed[..<part]), "cut.gz"))
      let entries = try input.rest()
      #expect(entries.count <= 91)
      #expect(entries.count > 3)
      #expect(input.isCutOff)
    }
  }

  @Test("what is compressed otherwise, or holds no tape, is told in words")
  func others() {
    let cases: [([UInt8], String)] = [
      ([0x28, 0xB5, 0x2F, 0xFD, 0, 0], "is compressed: unpack it with `zstd -d` first"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "is compressed: unpack it with `unxz` first"),
      ([0x1F, 0x8B, 8, 0], "not a tape: it has no header line"),
      (Self.member(Array("hello\n".utf8)), "line 1: not a tape: it does not begin with JSON"),
      (Self.member([]), "not a tape: it has no header line"),
    ]
    for (bytes, problem) in cases {
      let path = folder.write(bytes, "other")
      #expect {
        try TapeInput(path: path)
      } throws: { error in
        "\(error)" == "\(path): \(problem)"
      }
    }
  }
}
