import ArgumentParser
import Domain
import Engine
import Recording
import Settings

/// Where a run is recorded, and what looks through it before it is written.
struct RecordingPlan {
  let place: RecordingPlace
  let redactor: Redactor?
}

/// The options of commands that watch live and can be looked back at.
struct RecordingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Record to this tape.", valueName: "TAPE"))
  var record: String?

  @Flag(help: "Leave no tape behind.")
  var noRecord = false

  @Option(
    help: ArgumentHelp("Write the board as JSON to this file on leaving.", valueName: "FILE"))
  var board: String?

  @OptionGroup var redaction: RedactionOptions

  func validate() throws {
    guard record == nil || !noRecord else {
      throw ValidationError("--record and --no-record exclude each other")
    }
  }

  /// How a run is recorded: into the folder of tapes only by a command that keeps them. What stays in
  /// memory is not redacted: nobody else sees it.
  func plan(keepsTapes: Bool) throws -> RecordingPlan {
    let place = try place(keepsTapes: keepsTapes)
    return RecordingPlan(place: place, redactor: place == .memory ? nil : try redaction.redactor())
  }

  private func place(keepsTapes: Bool) throws -> RecordingPlace {
    if let record { return .file(record) }
    let settings = try ConfigFile.settings().recording
    guard keepsTapes, !noRecord, settings.isEnabled else { return .memory }
    let usual = BaseFolder.path("XDG_STATE_HOME", below: ".local/state").map {
      $0 + "/podium/tapes"
    }
    guard let path = settings.folder?.value ?? usual else { return .memory }
    var folder = TapeFolder(path)
    if let count = settings.segmentMiB { folder.segmentBytes = count << 20 }
    if let count = settings.totalMiB { folder.totalBytes = count << 20 }
    // A run needs room for the file before and the one it begins.
    folder.segmentBytes = min(folder.segmentBytes, max(1 << 20, folder.totalBytes / 2))
    if let days = settings.days { folder.age = .seconds(days * 86_400) }
    return .folder(folder)
  }

  /// Begins the recording of a run.
  static func recorder(
    _ plan: RecordingPlan, sources: [NamedSource], start: Timestamp
  ) throws -> Recorder {
    do throws(FileError) {
      return try Recorder(
        plan.place, sources: sources.map(\.name), start: start, redactor: plan.redactor)
    } catch {
      throw Failure(.cannotCreate, error.description)
    }
  }

  /// Says at the end of a run where its tape is, and what became of it.
  static func tell(_ state: RecorderState) {
    let files = state.fileCount > 1 ? " and \(state.fileCount - 1) more that go on with it" : ""
    if let failure = state.failure {
      let rest = state.path.map { "; what came before is in \($0)\(files)" } ?? ""
      return standardError("podium: not recorded to the end: \(failure)\(rest)")
    }
    guard let path = state.path else { return }
    standardError("podium: recorded to \(path)\(files); podium replay \(quoted(path))")
  }

  /// A path as a shell takes it.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      "/.-_+:,@%".utf8.contains(byte) || (0x30...0x39).contains(byte)
        || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    guard !isPlain else { return path }
    let parts = path.split(separator: "'", omittingEmptySubsequences: false)
    return "'\(parts.joined(separator: "'\\''"))'"
  }
}
