/// A style in words, as goldens write it: `fg=#7aa2f7 bg=4 bold`. The default style is `default`.
enum StyleWords {
  static func text(_ style: Style) -> String {
    var words: [String] = []
    if style.foreground != .terminalDefault { words.append("fg=" + style.foreground.text) }
    if style.background != .terminalDefault { words.append("bg=" + style.background.text) }
    for (attribute, name) in Attributes.named where style.attributes.contains(attribute) {
      words.append(name)
    }
    return words.isEmpty ? "default" : words.joined(separator: " ")
  }

  /// Nil when a word is unknown.
  static func parse(_ text: Substring) -> Style? {
    var style = Style.default
    for word in text.split(separator: " ") where word != "default" {
      if let color = color(in: word, after: "fg=") {
        style.foreground = color
      } else if let color = color(in: word, after: "bg=") {
        style.background = color
      } else if let known = Attributes.named.first(where: { $0.name == word }) {
        style.attributes.insert(known.attribute)
      } else {
        return nil
      }
    }
    return style
  }

  private static func color(in word: Substring, after prefix: String) -> Color? {
    word.hasPrefix(prefix) ? Color(String(word.dropFirst(prefix.count))) : nil
  }
}
