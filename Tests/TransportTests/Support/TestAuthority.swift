import Glibc
import NIOSSL
import Testing

@testable import Transport

/// An authority of the tests' own and certificates by it, made anew for each run by the `openssl`
/// program, so that no key is kept anywhere.
struct TestAuthority {
  /// Where the files are: `ca.pem`, and `NAME.pem` and `NAME.key` for each certificate.
  let folder: TemporaryFolder
  /// The pin of `server`.
  let pin: String

  /// Whether the program is there.
  static let isAvailable = access("/usr/bin/openssl", X_OK) == 0 || getenv("CI") != nil

  /// Makes `server` (for localhost and 127.0.0.1), `elsewhere` (for another name), `address` (for
  /// 127.0.0.1 alone), `wild` (for one label below test, and an address), `expired` and `client`.
  static func make() async throws -> TestAuthority {
    let folder = TemporaryFolder()
    folder.write("make.sh", script)
    let output = try await TokenCommand.run("cd \(folder.path) && sh make.sh")
    let pin = String(decoding: output, as: UTF8.self).filter { !$0.isNewline }
    return TestAuthority(folder: folder, pin: "sha256/" + pin)
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  /// What a server with one of the certificates does.
  func server(
    _ name: String = "server", asksClients: Bool = false, protocols: [String] = []
  ) throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMFile(path(name + ".pem"))
    let key = try NIOSSLPrivateKey(file: path(name + ".key"), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.applicationProtocols = protocols
    if asksClients {
      configuration.certificateVerification = .noHostnameVerification
      configuration.trustRoots = .file(path("ca.pem"))
    }
    return configuration
  }

  private static let script = """
    set -e
    new="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    openssl req -x509 $new -keyout ca.key -out ca.pem -days 2 -subj "/CN=Test authority" \
      -addext basicConstraints=critical,CA:TRUE
    leaf() {
      openssl req $new -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
      printf "subjectAltName=%s" "$2" > "$1.ext"
      openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$3" \
        -extfile "$1.ext" -out "$1.pem"
    }
    leaf server DNS:localhost,IP:127.0.0.1 2
    leaf elsewhere DNS:elsewhere.test 2
    leaf address IP:127.0.0.1 2
    leaf wild DNS:*.test,IP:192.0.2.1 2
    leaf expired DNS:localhost,IP:127.0.0.1 -1
    leaf client DNS:client.test 2
    openssl x509 -in server.pem -pubkey -noout | openssl pkey -pubin -outform der |
      openssl dgst -sha256 -binary | openssl base64
    """
}
