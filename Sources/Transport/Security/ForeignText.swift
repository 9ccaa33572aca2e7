/// What of a server's own words goes into ours: at most `limit` characters, with everything that a
/// terminal could obey or that could turn the reading order as U+FFFD. Every place where foreign
/// text enters a message goes through here.
func harmless(_ text: some StringProtocol, limit: Int = 120) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(limit) {
    shown.unicodeScalars.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
  }
  return text.unicodeScalars.count > limit ? shown + "…" : shown
}

private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  // C0, DEL and C1 controls.
  case 0..<0x20, 0x7F...0x9F: false
  // Marks, embeddings, overrides and isolates of direction; line and paragraph separators.
  case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
  default: true
  }
}
