import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import Wire

/// One try at an event stream: request, head, body to its end.
///
/// Chunks go to the sink as they come, copied once and never looked into. While the sink suspends,
/// nothing is asked of the client, which then stops reading the socket.
struct StreamClient: Rung {
  let requester: Requester
  let endpoints: Endpoints
  let feed: Feed
  let start: FeedStart

  var kind: TransportKind { .sse }
  var ownPosition: String? { start.position }

  func run(
    from position: String, timeout: Span, accepted: @escaping @Sendable () async -> Bool
  ) async -> RungEnd {
    let response: Requester.Response
    do {
      response = try await requester.get(
        endpoints.stream, headers: headers(resumingAfter: start.position(insteadOf: position)),
        timeout: timeout + requester.options.connectTimeout)
    } catch {
      return RungEnd(reason: Task.isCancelled ? .interrupted : RungEnd.Reason(error))
    }
    switch response.answer {
    case .eventStream:
      return await read(response.body, as: .sse) {
        guard await accepted() else { return false }
        if endpoints.isHub {
          start.begins(after: response.headers.first(name: "Last-Event-ID"), asked: position)
        }
        return true
      }
    case .lines: return await read(response.body, as: .ndjson, accepted)
    case .document:
      return RungEnd(
        reason: .unsupported("the server sends documents, not a stream: use poll+https://"))
    case .noContent: return RungEnd(reason: .ended)
    case .busy(let words, let retryAfter):
      return RungEnd(reason: .busy(words, retryAfter: retryAfter))
    case .requestTimeout(let words): return RungEnd(reason: .busy(words, retryAfter: nil))
    case .unsupported(let words): return RungEnd(reason: .unsupported(words))
    // Elsewhere than at a hub, every rung would ask for the same that is not there.
    case .absent(let words):
      return RungEnd(reason: endpoints.isHub ? .unsupported(words) : .refused(words))
    case .refused(let words): return RungEnd(reason: .refused(words))
    case .notModified, .redirect:
      return RungEnd(reason: .refused("the server answered a question we did not ask (304)"))
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
    _ body: ResponseBody, as format: FrameFormat,
    _ accepted: @Sendable () async -> Bool
  ) async -> RungEnd {
    var end = RungEnd(since: feed.clock.now(), reason: .lost("the server ended the stream"))
    guard await accepted() else {
      end.reason = .interrupted
      return end
    }
    var reports = CompressionReports()
    do {
      for try await buffer in body {
        let now = feed.clock.now()
        let bytes = buffer.withUnsafeReadableBytes { [UInt8]($0) }
        end.hasByte = true
        guard await feed.deliver(.frame(format, bytes), at: now) else {
          end.reason = .unread
          return end
        }
        if let fact = reports.due(body.compression, at: now), await !feed.note(fact) {
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
