/// A piece of an expression.
struct Token: Equatable {
  enum Kind: Equatable {
    /// Digits, without a sign.
    case number(String)
    /// What stands between quotes, its escaped quotes undone.
    case string(String)
    /// An attribute or a function, as it is written.
    case name(String)
    case keyword(Keyword)
    case symbol(Symbol)
    case end
  }

  enum Keyword: String {
    case and, or, xor, not, like, exists, `in`, `true`, `false`
  }

  enum Symbol: String {
    case leftParenthesis = "(", rightParenthesis = ")", comma = ","
    case plus = "+", minus = "-", star = "*", slash = "/", percent = "%"
    case equal = "=", notEqual = "!=", lessGreater = "<>"
    case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  }

  let kind: Kind
  /// Where it begins, in characters from 1, and where what follows it begins.
  let column: Int, end: Int

  /// How a message calls it.
  var words: String {
    switch kind {
    case .number(let digits): digits
    case .string: "a text"
    case .name(let name): "\"\(name)\""
    case .keyword(let word): word.rawValue.uppercased()
    case .symbol(let symbol): "\"\(symbol.rawValue)\""
    case .end: "the end"
    }
  }
}
