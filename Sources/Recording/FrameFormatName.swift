import Wire

/// How frame formats are written on a tape.
enum FrameFormatName {
  private static let transcriptPrefix = "claude-code/"

  static func name(_ format: FrameFormat) -> String {
    switch format {
    case .sse: "sse"
    case .ndjson: "ndjson"
    case .document: "json"
    case .claudeCode(let file): transcriptPrefix + escaped(file)
    }
  }

  static func format(_ name: String) -> FrameFormat? {
    switch name {
    case "sse": return .sse
    case "ndjson": return .ndjson
    case "json": return .document
    default:
      guard name.hasPrefix(transcriptPrefix) else { return nil }
      return .claudeCode(file: unescaped(String(name.dropFirst(transcriptPrefix.count))))
    }
  }

  /// A blank would end the name: it and the escape itself are percent-encoded (RFC 3986).
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case " ": result += "%20"
      case "%": result += "%25"
      default: result.append(character)
      }
    }
  }

  private static func unescaped(_ text: String) -> String {
    let parts = text.split(separator: "%", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts.first ?? "")) { result, part in
      switch part.prefix(2) {
      case "20": result += " " + part.dropFirst(2)
      case "25": result += "%" + part.dropFirst(2)
      default: result += "%" + part
      }
    }
  }
}
