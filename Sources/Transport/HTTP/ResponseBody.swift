import AsyncHTTPClient
import Locking
import NIOCore
import Wire

/// The body of an answer, with its content coding (RFC 9110 section 8.4) undone as the bytes come:
/// whatever a chunk lets be known is handed on before the next one is asked for.
///
/// Memory is bounded whatever the ratio: 64 KiB at a time, and no more while the reader waits.
struct ResponseBody: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  private let raw: HTTPClientResponse.Body
  private let coding: String?
  private let tally: CompressionTally?

  /// A body in a coding; nil for none. Fails on one that was not asked for.
  init?(_ raw: HTTPClientResponse.Body, coding: String?) {
    let name = coding.map { $0.lowercased() } ?? "identity"
    self.raw = raw
    guard name != "identity", !name.isEmpty else {
      self.coding = nil
      tally = nil
      return
    }
    guard Inflating(coding: name) != nil else { return nil }
    self.coding = name
    tally = CompressionTally()
  }

  /// Bytes so far, compressed and inflated; nil where the server does not compress.
  var compression: (received: Int64, inflated: Int64)? { tally?.value }

  func makeAsyncIterator() -> Iterator {
    Iterator(
      raw: raw.makeAsyncIterator(), inflating: coding.flatMap { Inflating(coding: $0) },
      tally: tally)
  }

  struct Iterator: AsyncIteratorProtocol {
    fileprivate var raw: HTTPClientResponse.Body.AsyncIterator
    fileprivate let inflating: Inflating?
    fileprivate let tally: CompressionTally?

    mutating func next() async throws -> ByteBuffer? {
      guard let inflating, let tally else { return try await raw.next() }
      while true {
        if let slice = try inflating.next() {
          tally.add(inflated: slice.count)
          return ByteBuffer(bytes: slice)
        }
        guard let chunk = try await raw.next() else {
          try inflating.finish()
          return nil
        }
        tally.add(received: chunk.readableBytes)
        inflating.receive(chunk)
      }
    }
  }
}

/// The one owner of an inflater, for an iterator that may be copied.
private final class Inflating {
  private var inflater: ContentInflater

  init?(coding: String) {
    guard let inflater = ContentInflater(coding: coding) else { return nil }
    self.inflater = inflater
  }

  func receive(_ chunk: ByteBuffer) {
    inflater.receive(chunk.withUnsafeReadableBytes { [UInt8]($0) })
  }

  func next() throws -> [UInt8]? { try inflater.next() }

  func finish() throws { try inflater.finish() }
}

/// Counts bytes on both sides of an inflater.
private final class CompressionTally: Sendable {
  private let counts = Mutex<(received: Int64, inflated: Int64)>((0, 0))

  var value: (received: Int64, inflated: Int64) { counts.withLock { $0 } }

  func add(received: Int = 0, inflated: Int = 0) {
    counts.withLock { counts in
      counts.received &+= Int64(received)
      counts.inflated &+= Int64(inflated)
    }
  }
}
