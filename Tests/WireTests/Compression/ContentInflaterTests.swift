import CZlib
import Testing

@testable import Wire

@Suite("content codings")
struct ContentInflaterTests {
  /// What zlib makes of bytes: gzip, zlib or raw, by its own number for each.
  private func compressed(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count / 2 + 1_000)
    guard czlib_deflate_init(&stream, 9, windowBits, 8) == Z_OK else { return [] }
    defer { deflateEnd(&stream) }
    return input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        _ = deflate(&stream, Z_FINISH)
        return Array(output[..<(output.count - Int(stream.avail_out))])
      }
    }
  }

  private func inflated(
    _ chunks: [[UInt8]], coding: String
  ) throws(ContentInflater.Failure) -> [UInt8] {
    guard var inflater = ContentInflater(coding: coding) else { return [] }
    var bytes: [UInt8] = []
    for chunk in chunks {
      inflater.receive(chunk)
      while let slice = try inflater.next() { bytes += slice }
    }
    try inflater.finish()
    return bytes
  }

  private let text = Array("data: {\"n\":1}\n\ndata: {\"n\":2}\n\n".utf8)

  @Test(
    "gzip, zlib and raw deflate are read at every split",
    arguments: [("gzip", 31), ("X-GZIP", 31), ("deflate", 15), ("deflate", -15)])
  func splits(coding: String, windowBits: Int32) throws {
    for chunks in compressed(text, windowBits: windowBits).everySplit {
      #expect(try inflated(chunks, coding: coding) == text)
    }
  }

  @Test("members of gzip follow each other")
  func members() throws {
    let one = compressed(text, windowBits: 31)
    #expect(try inflated([one + one], coding: "gzip") == text + text)
  }

  @Test("an empty body is empty, and other codings are not known")
  func empty() throws {
    #expect(try inflated([[]], coding: "gzip") == [])
    for coding in ["br", "identity", ""] {
      let isKnown = if ContentInflater(coding: coding) != nil { true } else { false }
      #expect(!isKnown)
    }
  }

  @Test("a bomb comes in slices of at most 64 KiB, as far as its reader asks")
  func bomb() throws {
    let bomb = compressed([UInt8](repeating: 0, count: 32 << 20), windowBits: 31)
    #expect(bomb.count < 40_000)
    guard var inflater = ContentInflater(coding: "gzip") else { return }
    inflater.receive(bomb)
    var total = 0
    while total < 4 << 20, let slice = try inflater.next() {
      #expect(slice.count <= 64 << 10)
      total += slice.count
    }
    #expect(total == 4 << 20)
  }

  @Test("a body that is cut off, or damaged, is an error")
  func damage() throws {
    let whole = compressed(text, windowBits: 31)
    #expect(throws: ContentInflater.Failure(description: "the compressed body is cut off")) {
      try inflated([Array(whole.dropLast())], coding: "gzip")
    }
    #expect(
      throws: ContentInflater.Failure(
        description: "the compressed body is bad: incorrect header check")
    ) {
      try inflated([text], coding: "gzip")
    }
    var bad = whole
    bad[whole.count - 6] ^= 1
    #expect(
      throws: ContentInflater.Failure(
        description: "the compressed body is bad: incorrect data check")
    ) {
      try inflated([bad], coding: "gzip")
    }
    #expect(
      throws: ContentInflater.Failure(
        description: "the compressed body is bad: incorrect header check")
    ) {
      try inflated([whole + Array("junk".utf8)], coding: "gzip")
    }
  }
}
