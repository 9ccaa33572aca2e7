import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// Why a request was not served, as a problem document (RFC 9457).
struct Problem: Error, Equatable, Sendable {
  /// The HTTP status.
  var status: HTTPResponse.Status
  /// What is wrong, and what to do about it.
  var detail: String
  /// The member at fault, where one is.
  var field: String?
  /// The place of the event at fault among those sent: in a batch from 0.
  var index: Int?
  /// The line at fault, from 1.
  var line: Int?
  /// Further header fields of the answer.
  var headers: HTTPFields

  /// A problem with a request.
  init(
    _ status: HTTPResponse.Status, _ detail: String, field: String? = nil, index: Int? = nil,
    line: Int? = nil, headers: HTTPFields = HTTPFields()
  ) {
    self.status = status
    self.detail = detail
    self.field = field
    self.index = index
    self.line = line
    self.headers = headers
  }

  /// A problem with an event that was sent.
  init(_ error: CloudEventError, index: Int? = nil, line: Int? = nil) {
    self.init(.badRequest, error.description, index: index, line: line)
    if case .attribute(let attribute, _) = error { field = attribute.rawValue }
  }

  /// Too many polls wait already.
  static func tooManyWait(_ bound: Int) -> Problem {
    Problem(
      .serviceUnavailable, "\(bound) polls wait already; come back in a second",
      headers: [.retryAfter: "1"])
  }

  /// The answer that tells of it.
  var response: Response {
    var headers = headers
    headers[.contentType] = Self.contentType
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
  }

  /// The content type of a problem document.
  static let contentType = "application/problem+json"

  /// The document.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("title")
    writer.string(status.reasonPhrase)
    writer.key("status")
    writer.integer(status.code)
    writer.key("detail")
    writer.string(detail)
    if let field {
      writer.key("field")
      writer.string(field)
    }
    if let index {
      writer.key("index")
      writer.integer(index)
    }
    if let line {
      writer.key("line")
      writer.integer(line)
    }
    writer.endObject()
    return writer.bytes
  }
}
