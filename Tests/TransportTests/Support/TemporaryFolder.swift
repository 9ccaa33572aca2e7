import Glibc
import Wire

@testable import Transport

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/podium-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
  }

  deinit { removeAll(path) }

  func write(_ name: String, _ text: String) { put(name, text, "w") }
  func append(_ name: String, _ text: String) { put(name, text, "a") }
  func makeFolder(_ name: String) { mkdir(path + "/" + name, 0o755) }
  func rename(_ name: String, _ other: String) {
    Glibc.rename(path + "/" + name, path + "/" + other)
  }

  private func put(_ name: String, _ text: String, _ mode: String) {
    guard let file = fopen(path + "/" + name, mode) else { return }
    fputs(text, file)
    fclose(file)
  }
}

private func removeAll(_ path: String) {
  for name in names(inFolder: path) { removeAll(path + "/" + name) }
  remove(path)
}

extension CollectingSink {
  /// The names of the transcripts bytes came from, sorted.
  var files: [String] {
    let names = inbound.compactMap { inbound -> String? in
      guard case .frame(.claudeCode(let file), _) = inbound.body else { return nil }
      return file
    }
    return Set(names).sorted()
  }
}

extension Inbound {
  /// Bytes in it.
  var size: Int {
    guard case .frame(_, let bytes) = body else { return 0 }
    return bytes.count
  }
}
