import ArgumentParser
import Transport

/// The options of every command that connects to a server: who we are, whom we trust, and the way.
struct ConnectionOptions: ParsableArguments {
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

  func validate() throws {
    if let tokenEnv, Environment.value(of: tokenEnv) == nil {
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
      options.proxies = ProxySettings(environment: Environment.values(of: ProxySettings.variables))
      options.security = try security
      return options
    }
  }

  private var security: SecurityOptions {
    get throws {
      do throws(SecurityError) {
        return try SecurityOptions(
          authorities: ca, certificate: clientCertificate, key: clientKey, pins: try typedPins())
      } catch {
        throw Failure(.usage, error.message)
      }
    }
  }

  /// The keys that were typed.
  func typedPins() throws(SecurityError) -> [CertificatePin] {
    try pin.map { text throws(SecurityError) in try CertificatePin(text) }
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
