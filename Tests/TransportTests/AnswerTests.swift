import Domain
import Testing

@testable import Transport

@Suite("Heads of answers")
struct AnswerTests {
  private let now = Timestamp(rfc3339: "1994-11-06T08:49:30Z") ?? Timestamp(seconds: 0)

  private func answer(
    _ status: Int, _ type: String? = nil, location: String? = nil, retryAfter: String? = nil
  ) -> Answer {
    Answer(
      .init(status: status, contentType: type, location: location, retryAfter: retryAfter),
      now: now)
  }

  @Test(
    "the media type decides how a body is read",
    arguments: [
      ("text/event-stream", Answer.eventStream), ("text/event-stream;", .eventStream),
      ("Text/Event-Stream; charset=ISO-8859-1", .eventStream),
      (" text/event-stream ;x", .eventStream), ("application/x-ndjson", .lines),
      ("application/json; charset=utf-8", .document),
      ("application/cloudevents+json", .document),
      ("application/cloudevents-batch+json", .document),
    ])
  func types(type: String, expected: Answer) {
    #expect(answer(200, type) == expected)
  }

  @Test(
    "what only a person can change is refused in words",
    arguments: [
      (200, "text/html; charset=utf-8"), (200, "x bogus"), (200, "text/x-bogus"), (200, nil),
      (201, nil), (205, nil), (210, nil), (299, nil), (300, nil), (400, nil), (401, nil),
      (403, nil), (407, nil), (410, nil), (451, nil), (0, nil), (999, nil),
    ] as [(Int, String?)])
  func refused(status: Int, type: String?) {
    guard case .refused(let reason) = answer(status, type) else {
      Issue.record("not refused: \(status)")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test("what is not there, or does not do this, speaks for another transport")
  func absent() {
    guard case .absent = answer(404) else {
      Issue.record("404 is not absent")
      return
    }
    for status in [405, 406, 426, 501] {
      guard case .unsupported(let reason) = answer(status), !reason.isEmpty else {
        Issue.record("not unsupported: \(status)")
        continue
      }
    }
    #expect(answer(408) == .requestTimeout(reason: "the server gave up waiting (408)"))
  }

  @Test("what may pass is tried again", arguments: [425, 429, 500, 502, 503, 504, 599])
  func busy(status: Int) {
    guard case .busy(_, nil) = answer(status) else {
      Issue.record("not busy: \(status)")
      return
    }
  }

  @Test(
    "Retry-After is seconds or a date",
    arguments: [
      ("120", Span.seconds(120)), ("0", .zero), ("Sun, 06 Nov 1994 08:49:37 GMT", .seconds(7)),
      ("Sun, 06 Nov 1994 08:49:00 GMT", .zero), ("-1", nil), ("soon", nil), ("", nil),
      ("99999999999999999999", .seconds(.max)), ("Sun, 99 Nov 1994 08:49:37 GMT", nil),
    ] as [(String, Span?)])
  func retryAfter(value: String, expected: Span?) {
    guard case .busy(_, let wait) = answer(503, retryAfter: value) else {
      Issue.record("not busy")
      return
    }
    #expect(wait == expected)
  }

  @Test("redirections keep their location", arguments: [301, 302, 303, 307, 308])
  func redirects(status: Int) {
    #expect(answer(status, location: "/x") == .redirect(location: "/x"))
    #expect(answer(status) == .redirect(location: nil))
  }

  @Test("204 and 304 are answers of their own")
  func empty() {
    #expect(answer(204) == .noContent)
    #expect(answer(304) == .notModified)
  }
}
