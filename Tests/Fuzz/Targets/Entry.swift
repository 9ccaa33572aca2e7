import Glibc
import Wire

// libFuzzer's two entry points. The target is named by PODIUM_FUZZ, so that one program has them
// all; an input that breaks an invariant ends the process, which libFuzzer reports and keeps.

nonisolated(unsafe) private var chosen: (Input) -> Void = { _ in }

@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<CInt>?,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
  let name = getenv("PODIUM_FUZZ").map { String(cString: $0) } ?? ""
  guard let target = targets[name] else {
    say("targets are \(targets.keys.sorted().joined(separator: " "))")
    exit(64)
  }
  chosen = target
  return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  chosen(Input(Array(UnsafeBufferPointer(start: start, count: count))))
  return 0
}

/// The targets: a decoder each, with what must hold beyond not crashing.
let targets: [String: @Sendable (Input) -> Void] = [
  "json": fuzzJSON, "sse": fuzzSSE, "ndjson": fuzzNDJSON, "cloudevents": fuzzCloudEvents,
  "claude-code": fuzzClaudeCode, "frames": fuzzFrames, "tape": fuzzTape, "keyframe": fuzzKeyframe,
  "redactor": fuzzRedactor,
  "websocket-client": { fuzzWebSocket($0, role: .client, deflates: false) },
  "websocket-server": { fuzzWebSocket($0, role: .server, deflates: false) },
  "websocket-client-deflate": { fuzzWebSocket($0, role: .client, deflates: true) },
  "websocket-server-deflate": { fuzzWebSocket($0, role: .server, deflates: true) },
  "websocket-messages": fuzzWebSocketMessages, "handshake": fuzzHandshake, "upgrade": fuzzUpgrade,
  "gzip": { fuzzInflate($0, coding: "gzip") },
  "deflate": { fuzzInflate($0, coding: "deflate") },
  "stream-damage": fuzzStreamDamage, "message-damage": fuzzMessageDamage,
  "address": fuzzAddress, "theme": fuzzTheme, "cesql": fuzzCESQL,
]
