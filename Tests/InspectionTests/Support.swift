import Domain
import Engine
import Foundation
import Inspection
import Recording
import TestSupport

extension Tape {
  /// What inspecting the tape finds, under the tape's bare name.
  func report(from: Int64? = nil, to: Int64? = nil) throws -> TapeReport {
    let input = try TapeInput(path: path)
    let start = input.header.start
    var inspector = try TapeInspector(
      input, from: from.map { start + .seconds($0) },
      to: to.map { start + .seconds($0) })
    try inspector.run()
    var report = inspector.finished()
    report.file.name = "\(rawValue).cast"
    report.file.bytes = 1_234
    return report
  }
}

/// A file that is gone after the test.
func withFile<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
  let url = FileManager.default.temporaryDirectory.appending(path: "podium-\(UUID()).cast")
  try Data(bytes).write(to: url)
  defer { try? FileManager.default.removeItem(at: url) }
  return try body(url.path)
}
