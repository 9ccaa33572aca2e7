import ArgumentParser
import Canvas
import Engine
import Glibc
import Panes
import Themes

/// The options of every command that draws.
struct DrawingOptions: ParsableArguments {
  @Option(help: "Which workspace to open: agents, kitchen or link.")
  var workspace: Workspace?

  @Option(help: "Which pane has the focus, such as tickets or tasks.")
  var focus: PaneKind?

  @Flag(help: "Give the pane in focus the whole screen.")
  var zoom = false

  @Option(help: "The theme: a built-in name, or the path of a .theme file.")
  var theme: String?

  @Option(help: "Colours to use: truecolor, 256, 16 or mono. The terminal decides otherwise.")
  var color: ColorDepth?

  @Flag(help: "Use ASCII characters alone.")
  var ascii = false

  @Option(help: "The language: en or ar.")
  var lang: Language?

  @Option(
    help: ArgumentHelp(
      "Who puts text from right to left in order: podium, or a terminal that does it by itself.",
      valueName: "podium|terminal"))
  var bidi: TextArrangement?

  /// The language of what is not data.
  var chosenLanguage: Language { lang ?? .english }

  /// Whether Podium puts text in order; `PODIUM_BIDI` in the environment decides where no option
  /// does.
  var arrangesText: Bool {
    let named = getenv("PODIUM_BIDI").flatMap { TextArrangement(rawValue: String(cString: $0)) }
    return (bidi ?? named) != .terminal
  }

  /// The workspace, by the pane in focus where none is named.
  var chosenWorkspace: Workspace {
    if let workspace { return workspace }
    return focus.flatMap { focus in Workspace.allCases.first { $0.panes.contains(focus) } }
      ?? .agents
  }

  /// The themes to change between, the chosen one first.
  func themes() throws -> [Theme] {
    let builtIn = try Theme.builtInNames.map { try Theme.builtIn($0) }
    guard let theme else { return builtIn }
    let chosen = try ThemeFinder.theme(theme)
    return [chosen] + builtIn.filter { $0.name != chosen.name }
  }

  func engineOptions() throws -> EngineOptions {
    var options = EngineOptions(themes: try themes())
    options.workspace = chosenWorkspace
    options.focus = focus
    options.isZoomed = zoom
    options.language = chosenLanguage
    options.arrangesText = arrangesText
    options.utcOffset = WallClock.utcOffset
    return options
  }
}

/// Finds a theme by what a person typed.
enum ThemeFinder {
  static func theme(_ name: String) throws -> Theme {
    do {
      if Theme.builtInNames.contains(name) { return try Theme.builtIn(name) }
      guard name.contains("/") || name.hasSuffix(".theme") else {
        return try Theme.builtIn(name)
      }
      guard let bytes = SmallFile.read(name, atMost: 64 << 10) else {
        throw Failure(
          .noInput, "cannot read the theme \(name): \(String(cString: strerror(errno)))")
      }
      return try Theme(name: name, text: String(decoding: bytes, as: UTF8.self))
    } catch let error as ThemeError {
      throw Failure(.usage, error.description)
    }
  }
}

/// Reads the beginning of files.
enum SmallFile {
  /// At most `limit` bytes of a file; nil when it cannot be read.
  static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let room = min(limit - bytes.count, 64 << 10)
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
      }
      guard !chunk.isEmpty else { break }
      bytes += chunk
    }
    return bytes
  }
}

/// Who puts text from right to left in visual order.
enum TextArrangement: String, ExpressibleByArgument, CaseIterable {
  case podium, terminal
}

extension Language: ExpressibleByArgument {}

extension Workspace: ExpressibleByArgument {}

extension PaneKind: ExpressibleByArgument {}

extension ColorDepth: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(name: argument)
  }

  public static var allValueStrings: [String] { allCases.map(\.name) }
}
