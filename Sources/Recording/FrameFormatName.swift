import Wire

/// How frame formats are written on a tape.
enum FrameFormatName {
  private static let transcriptPrefix = "claude-code/"

  static func name(_ format: FrameFormat) -> String {
    switch format {
    case .sse: "sse"
    case .ndjson: "ndjson"
    case .document: "json"
    case .message(.text): "ws-text"
    case .message(.binary): "ws-binary"
    case .message(.meta): "ws-meta"
    case .claudeCode(let file): transcriptPrefix + escaped(file)
    }
  }

  /// The format of a name as it stands on a tape.
  static func format(_ name: some Collection<UInt8>) -> FrameFormat? {
    for (known, format) in plain where name.elementsEqual(known) { return format }
    guard name.starts(with: transcriptPrefix.utf8) else { return nil }
    return .claudeCode(file: unescaped(name.dropFirst(transcriptPrefix.utf8.count)))
  }

  private static let plain: [([UInt8], FrameFormat)] = [
    .sse, .message(.text), .document, .ndjson, .message(.binary), .message(.meta),
  ].map { (Array(name($0).utf8), $0) }

  /// A blank would end the name: it and the escape itself are percent-encoded (RFC 3986).
  private static func escaped(_ text: String) -> String {
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: " "): Array("%20".utf8)
      case UInt8(ascii: "%"): Array("%25".utf8)
      default: [byte]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unescaped(_ text: some Collection<UInt8>) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text)[...]
    while let byte = rest.first {
      let isBlank = rest.starts(with: "%20".utf8)
      let isEscape = isBlank || rest.starts(with: "%25".utf8)
      bytes.append(isBlank ? UInt8(ascii: " ") : byte)
      rest = rest.dropFirst(isEscape ? 3 : 1)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
