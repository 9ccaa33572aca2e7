import ArgumentParser
import CLinux
import Domain
import Glibc
import Transport

/// The options of every command that reads sources.
struct SourceOptions: ParsableArguments {
  @OptionGroup var connecting: ConnectionOptions

  @Option(help: ArgumentHelp("Seconds between two polls.", valueName: "SECONDS"))
  var pollInterval: Double = 1

  func validate() throws {
    guard pollInterval >= 0.05, pollInterval <= 86_400 else {
      throw ValidationError("--poll-interval is between 0.05 and 86400 seconds")
    }
  }

  /// The transports' options; reads the files of certificates.
  var transport: TransportOptions {
    get throws {
      var options = try connecting.transport
      options.pollInterval = .milliseconds(Int64(pollInterval * 1_000))
      return options
    }
  }

  /// The source a person named; `follow` keeps reading a file as it grows.
  func source(_ text: String, follow: Bool) throws -> NamedSource {
    try connecting.source(text, follow: follow)
  }
}

/// The variables of the environment.
enum Environment {
  /// A variable's value, nil when it is not set.
  static func value(of name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Those of the variables that are set.
  static func values(of names: [String]) -> [String: String] {
    Dictionary(
      names.compactMap { name in value(of: name).map { (name, $0) } }, uniquingKeysWith: { $1 })
  }
}

/// What a file or folder holds, told by its beginning.
enum FileKind: Equatable {
  case tape, transcript, events

  /// Looks at a path; throws a line that says what was expected.
  init(sniffing path: String) throws {
    let isFolder = clinux_is_folder(path)
    guard isFolder >= 0 else {
      throw Failure(
        .noInput, "cannot open \(path): \(String(cString: strerror(errno))); check the path")
    }
    if isFolder == 1 {
      self = .transcript
      return
    }
    guard let bytes = SmallFile.read(path, atMost: 64 << 10) else {
      throw Failure(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    if bytes.starts(with: [0x1F, 0x8B]) {
      self = .tape
      return
    }
    let beginning = String(decoding: bytes, as: UTF8.self)
    let line = beginning.split(whereSeparator: \.isNewline).first ?? ""
    let isCast = ["\"podium\":", "\"term\":", "\"width\":"].contains { line.contains($0) }
    if isCast, line.contains("\"version\":") {
      self = .tape
    } else if line.contains("\"specversion\"") {
      self = .events
    } else if line.hasPrefix("{") || bytes.isEmpty {
      self = .transcript
    } else {
      throw Failure(
        .badData,
        "\(path) is no tape, no transcript and no list of CloudEvents: its first line is not JSON")
    }
  }

  func format(_ path: String) throws -> FileFormat {
    switch self {
    case .transcript: .claudeCode
    case .events: .ndjson
    case .tape:
      throw Failure(.usage, "\(path) is a tape: play it with `podium replay \(path)`, on its own")
    }
  }
}
