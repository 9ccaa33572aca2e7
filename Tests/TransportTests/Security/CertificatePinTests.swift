import Testing

@testable import Transport

@Suite("Pins and the files of certificates")
struct CertificatePinTests {
  @Test("a pin is written as it is read")
  func reads() throws {
    let text = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    #expect(try CertificatePin(text).text == text)
  }

  @Test(
    "anything but sha256/ and 32 bytes is refused",
    arguments: [
      "", "sha256/", "sha1/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "sha256/AAAA",
      "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "sha256/!!!!",
    ])
  func refused(text: String) {
    #expect(throws: SecurityError.self) { try CertificatePin(text) }
  }

  @Test("files that are missing, empty or something else are named with what is wrong")
  func files() throws {
    let folder = TemporaryFolder()
    folder.write("text", "hello")
    let path = folder.path + "/text"
    #expect(
      message(authorities: "/nonexistent") == "cannot read /nonexistent: no such file or directory")
    #expect(message(authorities: folder.path) == "cannot read \(folder.path): is a directory")
    #expect(
      message(authorities: path)
        == "\(path) holds no certificate: it must be PEM, with BEGIN CERTIFICATE lines")
    #expect(
      message(key: path) == "a client key was given without its certificate: give both")
  }

  private func message(authorities: String? = nil, key: String? = nil) -> String? {
    do throws(SecurityError) {
      _ = try SecurityOptions(authorities: authorities, key: key)
      return nil
    } catch {
      return error.message
    }
  }
}
