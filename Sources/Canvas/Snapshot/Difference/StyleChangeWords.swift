extension StyleWords {
  /// What became of a style, in words: `colour ok is now #ecb95c, bold is gone`. A colour has the
  /// name that `names` gives it, if any.
  static func change(from old: Style, to new: Style, names: [Color: String]) -> String {
    func name(_ color: Color) -> String { names[color] ?? color.text }
    var words: [String] = []
    if old.foreground != new.foreground {
      words.append("colour \(name(old.foreground)) is now \(name(new.foreground))")
    }
    if old.background != new.background {
      words.append("background \(name(old.background)) is now \(name(new.background))")
    }
    for (attribute, name) in Attributes.named {
      switch (old.attributes.contains(attribute), new.attributes.contains(attribute)) {
      case (true, false): words.append("\(name) is gone")
      case (false, true): words.append("now \(name)")
      case (true, true), (false, false): break
      }
    }
    return words.joined(separator: ", ")
  }
}
