package import Canvas

/// Colours for every role.
package struct Theme: Hashable, Sendable {
  /// Whether the theme is meant to be light on dark or dark on light.
  package enum Appearance: String, Hashable, Sendable {
    case dark, light
  }

  /// The name it is chosen by.
  package let name: String
  package let appearance: Appearance
  /// A colour a role, in the order of `Role.allCases`.
  private let colors: [Color]
  /// A style for each pair of a role and a background, made once: a frame asks for thousands.
  private let styles: [Style]
  /// Whether colours are withheld, so that attributes must tell the roles apart.
  private let isMono: Bool

  /// A theme of a colour a role; a role without one shows the terminal's default.
  package init(name: String, appearance: Appearance, colors: [Role: Color]) {
    self.init(
      name: name, appearance: appearance,
      colors: Role.allCases.map { colors[$0] ?? .terminalDefault }, isMono: false)
  }

  private init(name: String, appearance: Appearance, colors: [Color], isMono: Bool) {
    self.name = name
    self.appearance = appearance
    self.colors = colors
    self.isMono = isMono
    styles = Role.allCases.flatMap { role in
      Role.allCases.map { Self.style(role, on: $0, colors, isMono: isMono) }
    }
  }

  /// The theme as it is to be drawn at a depth: without colours, bold, dim and reverse carry the
  /// roles (NO_COLOR asks for no colour, not for no emphasis).
  package func resolved(for depth: ColorDepth) -> Theme {
    Theme(name: name, appearance: appearance, colors: colors, isMono: depth == .mono)
  }

  /// The colour of a role.
  package func color(_ role: Role) -> Color {
    isMono ? .terminalDefault : colors[Int(role.rawValue)]
  }

  /// Text in a role on a background role.
  package func style(_ role: Role, on background: Role = .surface) -> Style {
    styles[Int(role.rawValue) * Role.allCases.count + Int(background.rawValue)]
  }

  private static func style(
    _ role: Role, on background: Role, _ colors: [Color], isMono: Bool
  ) -> Style {
    guard isMono else {
      return Style(
        foreground: colors[Int(role.rawValue)], background: colors[Int(background.rawValue)],
        attributes: emphasis(role))
    }
    var attributes = emphasis(role).union(monoEmphasis(role))
    if background == .selection { attributes.insert(.reverse) }
    return Style(attributes: attributes)
  }

  private static func emphasis(_ role: Role) -> Attributes {
    role == .critical ? .bold : []
  }

  private static func monoEmphasis(_ role: Role) -> Attributes {
    switch role {
    case .critical: [.bold, .reverse]
    case .warn, .accent: .bold
    case .muted, .faint, .border: .dim
    case .background, .surface, .panel, .text, .selection, .ok, .info, .special: []
    }
  }
}
