/// A cell as a grid stores it: 16 bytes without gaps, so that cells compare as words.
///
/// A cell that carries its style needs no table shared between the frames compared.
struct PackedCell: Equatable {
  /// A scalar; or with `clusterFlag` the number of a cluster in the grid's table; or 0 for the
  /// second column of a wide glyph.
  var glyph: UInt32
  var foreground: UInt32
  var background: UInt32
  var attributes: UInt8
  var width: UInt8
  /// Fills the word; always 0.
  private var spare: UInt16 = 0

  static let clusterFlag: UInt32 = 0x8000_0000
  static let blankGlyph: UInt32 = 0x20

  init(glyph: UInt32, width: UInt8, style: Style) {
    self.glyph = glyph
    self.width = width
    foreground = style.foreground.packed
    background = style.background.packed
    attributes = style.attributes.rawValue
  }

  /// A space of one column.
  init(blank style: Style) {
    self.init(glyph: Self.blankGlyph, width: 1, style: style)
  }

  var style: Style {
    get {
      Style(
        foreground: Color(packed: foreground), background: Color(packed: background),
        attributes: Attributes(rawValue: attributes))
    }
    set {
      foreground = newValue.foreground.packed
      background = newValue.background.packed
      attributes = newValue.attributes.rawValue
    }
  }

  var isBlank: Bool { glyph == Self.blankGlyph }
  var isContinuation: Bool { width == 0 }
  var isCluster: Bool { glyph & Self.clusterFlag != 0 }

  /// The same style with a space.
  var blanked: PackedCell {
    var cell = self
    cell.glyph = Self.blankGlyph
    cell.width = 1
    return cell
  }

  /// The second column of this wide glyph.
  var continuation: PackedCell {
    var cell = self
    cell.glyph = 0
    cell.width = 0
    return cell
  }
}
