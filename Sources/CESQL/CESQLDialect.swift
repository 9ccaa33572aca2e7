/// Which names an expression may use.
package enum CESQLDialect: Hashable, Sendable {
  /// CloudEvents attributes, as the specification has it: letters and digits, in any case.
  case standard
  /// Ours beside it: names may have parts joined by dots, and underscores (`kds.oldest_s`,
  /// `data.toolUseId`). What stands before the first dot is in any case, the rest as it is written.
  case dotted
}

/// A name that an expression refers to, and where it first does.
package struct CESQLName: Hashable, Sendable {
  /// The name, in lower case up to its first dot.
  package let name: String
  /// Where it stands, in characters from 1.
  package let column: Int

  /// The form in which a name is looked up.
  static func normal(_ written: String) -> String {
    guard let dot = written.firstIndex(of: ".") else { return written.lowercased() }
    return written[..<dot].lowercased() + written[dot...]
  }
}
