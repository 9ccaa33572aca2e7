import CLinux
import Canvas
import Engine
import Glibc

/// Every case of a matrix: compared, written, or drawn into a folder.
struct SnapshotMatrixRun {
  private let options: SnapshotRender
  private let form: SnapshotForm

  init(_ options: SnapshotRender, _ form: SnapshotForm) {
    self.options = options
    self.form = form
  }

  func run() throws {
    let cases = try cases()
    guard let folder = options.goldens else {
      return try draw(cases, into: options.output ?? ".")
    }
    let names = Set(cases.map { $0.name + SnapshotCase.ending })
    let check = SnapshotCheck(options)
    let unreferenced = try Self.unreferenced(in: folder, by: names)
    if options.update { try SnapshotFile.makeFolder(folder) }
    var report = GoldenReport(
      try check.results(of: cases) { "\(folder)/\($0.name)\(SnapshotCase.ending)" })
    if options.prune {
      try remove(unreferenced, from: folder)
      report.pruned = unreferenced
    } else {
      report.unreferenced = unreferenced
    }
    check.print(report)
    guard !report.isFine else { return }
    throw Failure(report.hasUnusable ? .badData : .checkFailed, advice(report, folder))
  }

  private func advice(_ report: GoldenReport, _ folder: String) -> String {
    let review =
      "podium snapshot review \(folder)" + (options.actual.map { " --actual \($0)" } ?? "")
    var advice = ["the goldens in \(folder) are not as drawn: look and decide with `\(review)`"]
    if !options.update { advice.append("write them with --update") }
    if !report.unreferenced.isEmpty {
      advice.append("remove what no case names with --update --prune")
    }
    return advice.joined(separator: ", ")
  }

  private func cases() throws -> [SnapshotCase] {
    let view = try options.drawing.snapshotView(at: options.at, size: options.size)
    let lines = options.matrix.isEmpty ? [""] : options.matrix
    do {
      return try SnapshotMatrix.cases(of: lines, tapes: options.allTapes, view) {
        try ThemeFinder.theme($0)
      }
    } catch let error as SnapshotMatrixError {
      throw Failure(.usage, "--matrix: \(error)")
    }
  }

  private static func unreferenced(in folder: String, by names: Set<String>) throws -> [String] {
    do throws(FileError) {
      return try GoldenFolder(folder).unreferenced(by: names)
    } catch {
      throw Failure(error)
    }
  }

  private func remove(_ names: [String], from folder: String) throws {
    do throws(FileError) {
      for name in names { try GoldenFile.remove("\(folder)/\(name)") }
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }

  private func draw(_ cases: [SnapshotCase], into folder: String) throws {
    try SnapshotFile.makeFolder(folder)
    do {
      try Session.sessions(of: cases) { session, isCutOff, numbers in
        for shown in numbers.map({ cases[$0] }) {
          try SnapshotFile.write(
            form.bytes(of: shown, session), to: "\(folder)/\(shown.name)\(form.ending)",
            besides: options.allTapes)
        }
      }
    } catch let error as FileError {
      throw Failure(error)
    }
    standardError("podium: drew \(cases.count) pictures into \(folder)")
  }
}

/// Writes what was drawn.
enum SnapshotFile {
  /// Writes to a file, or to the standard output; refuses to overwrite one of `tapes`.
  static func write(_ bytes: [UInt8], to path: String?, besides tapes: [String]) throws {
    guard let path else {
      writeAll(bytes, to: STDOUT_FILENO)
      return
    }
    guard !tapes.contains(where: { isSameFile($0, path) }) else {
      throw Failure(.cannotCreate, "\(path) is the tape itself: name another file")
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0, writeAll(bytes, to: descriptor) else {
      throw Failure(.cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    close(descriptor)
  }

  /// Makes a folder where it is missing.
  static func makeFolder(_ path: String) throws {
    do throws(FileError) {
      try GoldenFile.makeFolder(path)
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }

  private static func isSameFile(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}
