import ArgumentParser
import CLinux
import Domain
import Glibc
import Transport

/// The options of every command that reads sources.
struct SourceOptions: ParsableArguments {
  @Flag(help: "Allow http:// to other machines, unencrypted.")
  var insecurePlaintext = false

  @Option(
    help: ArgumentHelp(
      "Send `Authorization: Bearer` with the value of this environment variable.",
      valueName: "VARIABLE"))
  var tokenEnv: String?

  @Option(
    help: ArgumentHelp(
      "Send the bearer token in this file; it is read again when the server refuses it.",
      valueName: "FILE"))
  var tokenFile: String?

  @Option(
    help: ArgumentHelp(
      "Send the bearer token that this shell command prints; it is run again on a 401.",
      valueName: "COMMAND"))
  var tokenCommand: String?

  @Option(
    help: ArgumentHelp(
      "Send a header that is no secret; may be repeated.", valueName: "NAME: VALUE"))
  var header: [String] = []

  @Option(
    help: ArgumentHelp("Trust the authorities in this PEM file too.", valueName: "FILE"))
  var ca: String?

  @Option(
    help: ArgumentHelp("Show this certificate (PEM) to servers that ask.", valueName: "FILE"))
  var clientCertificate: String?

  @Option(
    help: ArgumentHelp(
      "The certificate's private key (PEM), if in another file.", valueName: "FILE"))
  var clientKey: String?

  @Option(
    help: ArgumentHelp(
      "Accept only servers with this public key: sha256/BASE64; may be repeated.",
      valueName: "PIN"))
  var pin: [String] = []

  @Option(help: ArgumentHelp("Seconds between two polls.", valueName: "SECONDS"))
  var pollInterval: Double = 1

  func validate() throws {
    guard pollInterval >= 0.05, pollInterval <= 86_400 else {
      throw ValidationError("--poll-interval is between 0.05 and 86400 seconds")
    }
    if let tokenEnv, getenv(tokenEnv) == nil {
      throw ValidationError("the environment variable \(tokenEnv) is not set; export it first")
    }
    guard [tokenEnv, tokenFile, tokenCommand].count(where: { $0 != nil }) <= 1 else {
      throw ValidationError("give one of --token-env, --token-file and --token-command")
    }
  }

  /// The transports' options; reads the files of certificates.
  var transport: TransportOptions {
    get throws {
      var options = TransportOptions()
      options.allowPlaintext = insecurePlaintext
      options.pollInterval = .milliseconds(Int64(pollInterval * 1_000))
      options.proxies = ProxySettings(environment: Environment.values(of: ProxySettings.variables))
      options.security = try security
      return options
    }
  }

  private var security: SecurityOptions {
    get throws {
      do throws(SecurityError) {
        return try SecurityOptions(
          authorities: ca, certificate: clientCertificate, key: clientKey,
          pins: pin.map { text throws(SecurityError) in try CertificatePin(text) })
      } catch {
        throw Failure(.usage, error.message)
      }
    }
  }

  /// The source a person named: one of the config file by its name, else by its address; `follow`
  /// keeps reading a file as it grows.
  func source(_ text: String, follow: Bool) throws -> NamedSource {
    try ConfiguredSource.find(text, self) ?? typed(text, follow: follow)
  }

  /// The source at an address, as it is written on the command line and in the config file.
  func typed(_ text: String, follow: Bool) throws -> NamedSource {
    let address: SourceAddress
    do throws(SourceAddressError) {
      address = try SourceAddress(text, allowPlaintext: insecurePlaintext)
    } catch {
      throw Failure(.usage, error.message)
    }
    var source = Source(try origin(address, follow: follow), credential: credential)
    do throws(SecurityError) {
      source.headers = try header.map { text throws(SecurityError) in try HTTPField(text) }
    } catch {
      throw Failure(.usage, error.message)
    }
    return NamedSource(name: address.name, source: source)
  }

  private var credential: Credential? {
    if let tokenFile { return .tokenFile(tokenFile) }
    if let tokenCommand { return .tokenCommand(tokenCommand) }
    return tokenEnv.flatMap { Environment.value(of: $0) }.map { .fixed("Bearer " + $0) }
  }

  private func origin(_ address: SourceAddress, follow: Bool) throws -> Source.Origin {
    switch address {
    case .http(let address, let mode): .http(address, mode)
    case .standardInput: .standardInput
    case .path(let path):
      .files(path: path, format: try FileKind(sniffing: path).format(path), follow: follow)
    }
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
