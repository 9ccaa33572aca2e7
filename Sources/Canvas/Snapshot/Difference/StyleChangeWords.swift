extension StyleWords {
  /// What became of a style, in words: `colour #7fd18b is now #ecb95c, bold is gone`.
  static func change(from old: Style, to new: Style) -> String {
    var words: [String] = []
    if old.foreground != new.foreground {
      words.append("colour \(old.foreground.text) is now \(new.foreground.text)")
    }
    if old.background != new.background {
      words.append("background \(old.background.text) is now \(new.background.text)")
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
