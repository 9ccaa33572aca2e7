import Domain

/// What the head of an answer means for us.
///
/// The standard would give up on everything but 200 and an event stream (WHATWG HTML 9.2.3). We
/// differ where a dashboard must live on: what may pass by itself is tried again (`busy`), and JSON
/// is polled. What only a person can change is `refused`, in words that say what to do.
enum Answer: Equatable, Sendable {
  /// 200 with `text/event-stream`.
  case eventStream
  /// 200 with newline-delimited JSON.
  case lines
  /// 200 with one JSON document.
  case document
  /// 204: the server wants us to stop.
  case noContent
  /// 304: nothing changed since the last poll.
  case notModified
  /// A redirection; the location may be missing.
  case redirect(location: String?)
  /// The server is there but cannot answer now.
  case busy(reason: String, retryAfter: Span?)
  /// 408: the server got tired of waiting; what a long poll is answered with when nothing came.
  case requestTimeout(reason: String)
  /// There is nothing at this address.
  case absent(reason: String)
  /// What is at this address does not do what was asked.
  case unsupported(reason: String)
  /// The server will not have us.
  case refused(reason: String)

  /// The fields of a head that matter here.
  struct Head: Sendable {
    var status: Int
    var contentType: String?
    var location: String?
    var retryAfter: String?
  }

  /// Reads a head that arrived at `now`, which a `Retry-After` date is counted from.
  init(_ head: Head, now: Timestamp) {
    switch head.status {
    case 200: self = Self.accepted(as: head.contentType)
    case 204: self = .noContent
    case 301, 302, 303, 307, 308: self = .redirect(location: head.location)
    case 304: self = .notModified
    case 408: self = .requestTimeout(reason: busyWords(head.status))
    case 425, 429, 500, 502...599:
      let wait = head.retryAfter.flatMap { retryAfter($0, now: now) }
      self = .busy(reason: busyWords(head.status), retryAfter: wait)
    case 404: self = .absent(reason: refusedWords(head.status))
    case 405, 406, 426, 501: self = .unsupported(reason: refusedWords(head.status))
    default: self = .refused(reason: refusedWords(head.status))
    }
  }

  /// Whether the body is what was asked for.
  var hasEvents: Bool {
    switch self {
    case .eventStream, .lines, .document: true
    case .noContent, .notModified, .redirect, .busy, .requestTimeout, .absent, .unsupported,
      .refused:
      false
    }
  }

  private static func accepted(as contentType: String?) -> Answer {
    let essence = mediaType(contentType ?? "")
    switch essence {
    case "text/event-stream": return .eventStream
    case "application/x-ndjson", "application/ndjson", "application/jsonl": return .lines
    case "application/json", "application/cloudevents+json", "application/cloudevents-batch+json":
      return .document
    case "text/html":
      return .refused(
        reason: "the server sent a web page, not events: check the path of the address")
    case "":
      return .refused(
        reason: "the server does not say what it sends: it must answer with text/event-stream")
    default:
      return .refused(
        reason: "the server sends \(harmless(essence)), not events: check the path of the address")
    }
  }
}

/// Type and subtype, lower case, without parameters (WHATWG MIME sniffing, "essence").
private func mediaType(_ value: String) -> String {
  let essence = value.prefix { $0 != ";" }.lowercased()
  let trimmed = essence.drop { $0 == " " || $0 == "\t" }
  return String(trimmed.prefix(80).reversed().drop { $0 == " " || $0 == "\t" }.reversed())
}

private func busyWords(_ status: Int) -> String {
  switch status {
  case 408: "the server gave up waiting (408)"
  case 425: "the server says it is too early (425)"
  case 429: "the server asks us to slow down (429)"
  case 502, 504: "a gateway cannot reach the server (\(status))"
  case 503: "the server is unavailable (503)"
  default: "the server failed (\(status))"
  }
}

private func refusedWords(_ status: Int) -> String {
  switch status {
  case 401: "the server wants a valid token (401): give one or renew it"
  case 403: "the server does not allow this (403): check what the token may read"
  case 404: "the server has nothing there (404): check the path of the address"
  case 405: "the server takes no GET there (405): check the path of the address"
  case 406: "the server has no event stream there (406): check the path of the address"
  case 407: "a proxy wants credentials (407): sign in to the proxy"
  case 426: "the server wants another protocol there (426): check the path of the address"
  case 501: "the server cannot do this (501): check the path of the address"
  case 410: "the stream is gone for good (410): ask its operator for the new address"
  case 200..<300:
    "the server answered \(status) where 200 was due: check the path of the address"
  case 300..<400: "the server answered with a redirection we cannot follow (\(status))"
  default: "the server refused the request (\(status)): check the address and the token"
  }
}

/// The wait that a `Retry-After` asks for (RFC 9110 section 10.2.3): seconds or a date.
private func retryAfter(_ value: String, now: Timestamp) -> Span? {
  if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
    return .seconds(Int64(value) ?? .max)
  }
  return httpDate(value).map { max(.zero, $0 - now) }
}

private let months = [
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
]

/// An IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT`, the only form servers may send.
func httpDate(_ text: String) -> Timestamp? {
  let parts = text.split(separator: " ")
  guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2]))
  else { return nil }
  let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
  return Timestamp(rfc3339: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z")
}
