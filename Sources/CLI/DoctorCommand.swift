import ArgumentParser
import Canvas
import Domain
import Engine
import Glibc
import Transport

/// `podium doctor SOURCE`
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examine a source: what works, what it takes, what to fix first.",
    discussion: """
      Looks the name up, connects to each address, shows the certificates, tries every transport, \
      listens for heartbeats, and tests whether a broken stream is resumed without loss.

      Exit codes: 0 the source can be used; 65 there are no events; 66 no such file; 69 cannot \
      connect; 77 not allowed.
      """)

  @Argument(help: "What to examine.")
  var source: String

  @Flag(help: "Print one JSON object; times are in milliseconds.")
  var json = false

  @Option(
    help: ArgumentHelp("How long to listen to each transport at most.", valueName: "SECONDS"))
  var seconds: Double = 5

  @OptionGroup var reading: SourceOptions

  func validate() throws {
    guard seconds >= 0.1, seconds <= 3_600 else {
      throw ValidationError("--seconds is between 0.1 and 3600")
    }
  }

  func run() async throws {
    let diagnosis = try await diagnose()
    let verdict = Verdict(diagnosis)
    let output =
      json
      ? Array((HostileText.escaped(String(decoding: diagnosis.json, as: UTF8.self)) + "\n").utf8)
      : Array(DoctorReport(diagnosis, verdict, style: .standardOutput).text.utf8)
    writeAll(output, to: STDOUT_FILENO)
    if let code = verdict.level.exitCode { throw ExitCode(code.rawValue) }
  }

  private func diagnose() async throws -> Diagnosis {
    if case .path(let path) = try SourcePath(source) { return try DoctorFile.diagnosis(of: path) }
    let named = try reading.source(source, follow: false)
    var options = try reading.transport
    options.answerTimeout = .milliseconds(Int64(seconds * 1_000))
    let doctor = Doctor(
      named.source, named: named.name, options: options,
      patience: .milliseconds(Int64(seconds * 1_000)))
    return await doctor.examine()
  }
}

extension Verdict.Level {
  /// What a script is told; nil when the source can be used.
  fileprivate var exitCode: Failure.Code? {
    switch self {
    case .healthy, .usable: nil
    case .unreachable: .cannotConnect
    case .forbidden: .notAllowed
    case .noEvents: .badData
    }
  }
}

/// Looks into a file or folder.
private enum DoctorFile {
  static func diagnosis(of path: String) throws -> Diagnosis {
    var diagnosis = Diagnosis(source: path, subject: .file, at: WallClock.now)
    let beginning = SmallFile.read(path, atMost: 64 << 10) ?? []
    do {
      switch try FileKind(sniffing: path) {
      case .tape:
        var facts = Diagnosis.FileFacts(contents: "a tape")
        do throws(FileError) { _ = try TapeInput(path: path) } catch {
          facts.problem = error.description
        }
        diagnosis.file = facts
      case .transcript:
        diagnosis.file = Diagnosis.FileFacts(contents: "a transcript of software agents")
      case .events: diagnosis.file = Diagnosis.FileFacts(eventLines: beginning)
      }
    } catch let failure as Failure where failure.code == .badData {
      diagnosis.file = Diagnosis.FileFacts(contents: "unknown", problem: failure.message)
    }
    return diagnosis
  }
}

/// A diagnosis as a page for a person.
private struct DoctorReport {
  private let diagnosis: Diagnosis
  private let verdict: Verdict
  private let style: PageStyle

  init(_ diagnosis: Diagnosis, _ verdict: Verdict, style: PageStyle) {
    self.diagnosis = diagnosis
    self.verdict = verdict
    self.style = style
  }

  var text: String {
    DiagnosisText(diagnosis, verdict, isASCII: style.isASCII).lines.map { line in
      style.line(Self.tone(line.tone), line.lead, line.rest)
    }.joined()
  }

  private static func tone(_ tone: DiagnosisText.Tone) -> PageStyle.Tone {
    switch tone {
    case .plain: .plain
    case .title: .title
    case .quiet: .quiet
    case .good: .good
    case .warning: .warning
    case .bad: .bad
    }
  }
}
