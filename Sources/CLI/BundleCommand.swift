import ArgumentParser
import Canvas
import Domain
import Engine
import Export
import Glibc
import Panes
import Recording
import Settings
import Wire

/// `podium bundle TAPE`
struct BundleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Put an incident in a folder: tape, report, alerts, board, screens, hash-chained.",
    discussion: """
      The folder's README.txt says what is in it, and how to check it without podium. The same tape \
      and options give the same bytes. --verify needs no network: it exits 0 when everything is as \
      it was bundled, 1 and names each difference when not, 65 when it is no bundle.
      """)

  @Argument(help: "The tape; left out with --verify.")
  var tape: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The folder or .tar to create.", valueName: "DIR|FILE.tar"))
  var output: String?

  @Flag(help: "Replace the .tar if there is one.")
  var force = false

  @Flag(help: "Take secrets and home folders out of the tape, by the rules of the config file.")
  var redact = false

  @Option(help: ArgumentHelp("Check a bundle instead.", valueName: "DIR|FILE.tar"))
  var verify: String?

  @Option(help: ArgumentHelp("The seal that was noted when it was bundled.", valueName: "SHA-256"))
  var seal: String?

  @Option(help: "The size of the screens, as COLUMNSxROWS, such as 120x40.")
  var size = Size(width: 120, height: 40)

  @OptionGroup var drawing: DrawingOptions

  func validate() throws {
    if verify != nil {
      guard tape == nil, output == nil else {
        throw ValidationError("--verify takes no tape and no --output")
      }
    } else {
      guard tape != nil else { throw ValidationError("name the tape, or --verify a bundle") }
      guard output != nil else { throw ValidationError("name the folder or .tar: --output") }
      guard seal == nil else { throw ValidationError("--seal is for --verify") }
    }
    if let seal, seal.count != 64 || !seal.allSatisfy(\.isHexDigit) {
      throw ValidationError("--seal is 64 hexadecimal digits")
    }
  }

  func run() async throws {
    do {
      if let verify { try check(verify) } else { try bundle() }
    } catch let error as FileError {
      throw Failure(error)
    } catch let error as OutputError {
      throw Failure(.cannotCreate, error.description)
    } catch let error as BundleReading.NoBundle {
      throw Failure(.badData, error.description)
    }
  }

  private func bundle(_ tape: String, to output: String) throws {
    // The tape is looked at before anything is made.
    _ = try TapeInput(path: tape)
    let view = try drawing.snapshotView(at: .end, size: size)
    let scenes = Workspace.allCases.map { workspace in
      var scene = view.scene
      scene.workspace = workspace
      return scene
    }
    let incident = IncidentBundle(tapeAt: tape, scenes: scenes, colors: view.exportColors)
    var writer = try BundleWriter(creating: output, replaces: force)
    var progress = ProgressWord("bundling")
    try incident.write(to: &writer) { word in progress.tell { word } }
    progress.clear()
    let manifest = try writer.finish()
    print("\(HostileText.escaped(output)): \(manifest.files.count) files")
    print("seal \(manifest.seal)")
    print(
      "note the seal elsewhere: podium bundle --verify \(HostileText.escaped(output)) --seal SEAL")
  }

  private func bundle() throws {
    let (tape, output) = (tape ?? "", output ?? "")
    guard redact else { return try bundle(tape, to: output) }
    let settings = try ConfigFile.settings().redaction
    let rules: RedactionRules
    do throws(SettingsFault) {
      rules = try settings.rules() ?? RedactionRules()
    } catch {
      throw ConfigFile.failure(ConfigFile.path ?? "", error)
    }
    let copy = output + ".redacted.cast"
    let file = try OutputFile(creating: copy)
    defer { unlink(copy) }
    try RedactedCopy.write(TapeInput(path: tape), Redactor(rules), to: file)
    try file.finish()
    try bundle(copy, to: output)
  }

  private func check(_ path: String) throws {
    let reading = try BundleReading(at: path)
    let verification: BundleVerification
    do throws(BundleManifest.Fault) {
      verification = try BundleVerification(
        reading.manifest, found: reading.files, isOrdered: reading.isOrdered, noted: seal)
    } catch {
      guard case .notOne(let reason) = error else { return }
      throw Failure(.badData, "\(path) is no bundle: \(reason)")
    }
    for finding in verification.findings { print(HostileText.escaped("\(finding)")) }
    guard verification.findings.isEmpty else {
      let count = verification.findings.count
      throw Failure(
        .checkFailed,
        "\(path) is not as it was bundled: \(count) difference\(count == 1 ? "" : "s")")
    }
    print("\(HostileText.escaped(path)): \(verification.count) files, all as they were bundled")
    print("seal \(verification.seal ?? "")\(seal == nil ? "" : ", as noted")")
  }
}
