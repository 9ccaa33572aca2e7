import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import Wire

/// One try at an event stream: request, head, body to its end.
///
/// Chunks go to the sink as they come, copied once and never looked into. While the sink suspends,
/// nothing is asked of the client, which then stops reading the socket.
struct StreamClient: Sendable {
  let requester: Requester
  let address: HTTPAddress
  let feed: Feed

  /// How a try ended.
  struct End: Sendable {
    /// When the server accepted us, nil when it did not.
    var since: Timestamp?
    /// Whether a byte of the body came.
    var hasByte = false
    var reason: Reason
  }

  /// Why a try ended.
  enum Reason: Sendable {
    /// An accepted stream ended or broke.
    case lost(String)
    /// There was no answer.
    case failed(ConnectFailure)
    /// The server is there but cannot answer now.
    case busy(String, retryAfter: Span?)
    /// The server answers with documents: it is to be polled.
    case document
    /// The server wants us to stop.
    case ended
    /// The server will not have us.
    case refused(String)
    /// We were told to drop it.
    case interrupted
    /// Nobody reads any more.
    case unread
  }

  /// Tries once and returns when it is over.
  ///
  /// - Parameters:
  ///   - lastEventID: the position to continue after; empty for the beginning.
  ///   - timeout: how long the head of the answer may take.
  ///   - accepted: told as soon as the server accepts us.
  func run(
    resumingAfter lastEventID: String, timeout: Span, accepted: @Sendable () -> Void
  ) async -> End {
    let response: Requester.Response
    do {
      response = try await requester.get(
        address, headers: headers(resumingAfter: lastEventID), timeout: timeout)
    } catch {
      return End(reason: Task.isCancelled ? .interrupted : Reason(error))
    }
    if response.answer == .eventStream || response.answer == .lines { accepted() }
    switch response.answer {
    case .eventStream: return await read(response.body, as: .sse, after: lastEventID)
    case .lines: return await read(response.body, as: .ndjson, after: "")
    case .document: return End(reason: .document)
    case .noContent: return End(reason: .ended)
    case .busy(let words, let retryAfter):
      return End(reason: .busy(words, retryAfter: retryAfter))
    case .refused(let words): return End(reason: .refused(words))
    case .notModified, .redirect:
      return End(reason: .refused("the server answered a question we did not ask (304)"))
    }
  }

  private func headers(resumingAfter lastEventID: String) -> HTTPHeaders {
    var headers: HTTPHeaders = [
      "Accept": "text/event-stream", "Cache-Control": "no-cache",
    ]
    // An id with a control character cannot be sent in a header (RFC 9110 section 5.5).
    if !lastEventID.isEmpty, lastEventID.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
      headers.add(name: "Last-Event-ID", value: lastEventID)
    }
    return headers
  }

  private func read(
    _ body: HTTPClientResponse.Body, as format: FrameFormat, after lastEventID: String
  ) async -> End {
    var end = End(since: feed.clock.now(), reason: .lost("the server ended the stream"))
    let position = lastEventID.isEmpty ? nil : lastEventID
    guard await feed.note(.connected(.sse, resumedFrom: position)) else {
      end.reason = .unread
      return end
    }
    do {
      for try await buffer in body {
        let now = feed.clock.now()
        let bytes = buffer.withUnsafeReadableBytes { [UInt8]($0) }
        end.hasByte = true
        guard await feed.deliver(.frame(format, bytes), at: now) else {
          end.reason = .unread
          return end
        }
      }
    } catch {
      end.reason = .lost(lossWords(error))
    }
    if Task.isCancelled { end.reason = .interrupted }
    return end
  }
}

extension StreamClient.Reason {
  fileprivate init(_ failure: ConnectFailure) {
    if case .refused(let reason) = failure {
      self = .refused(reason)
    } else {
      self = .failed(failure)
    }
  }
}
