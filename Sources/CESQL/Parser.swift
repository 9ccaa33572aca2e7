/// Reads an expression by precedence (sections 2 and 3.6): functions, NOT, minus, LIKE and IN,
/// then `* / %`, then `+ -`, then comparisons, then AND OR XOR, all from left to right.
struct Parser {
  private let dialect: CESQLDialect
  private var lexer: Lexer
  private var token: Token
  private(set) var names: [CESQLName] = []
  /// Every operator, call and parenthesis, so that no tree is deeper than that.
  private var operations = 0

  init(_ text: String, dialect: CESQLDialect) throws(CESQLError) {
    self.dialect = dialect
    lexer = try Lexer(text, dialect: dialect)
    token = try lexer.next()
  }

  /// The whole text as one expression.
  mutating func parse() throws(CESQLError) -> Node {
    let node = try expression(above: 0)
    guard token.kind == .end else { throw unexpected("an operator or the end") }
    return node
  }

  /// An expression of operators that bind tighter than a level.
  private mutating func expression(above level: Int) throws(CESQLError) -> Node {
    var left = try operand()
    while let symbol = BinaryOperator(token.kind), symbol.level > level {
      let column = token.column
      try advance()
      try countOperation(at: column)
      let right = try expression(above: symbol.level)
      left = .binary(symbol, left, right, column: column)
    }
    return left
  }

  /// A value with the LIKE and IN that follow it.
  private mutating func operand() throws(CESQLError) -> Node {
    var node = try prefixed()
    while true {
      let column = token.column
      var isNegated = false
      switch token.kind {
      case .keyword(.like), .keyword(.in): break
      case .keyword(.not):
        isNegated = true
        try advance()
        guard token.kind == .keyword(.like) || token.kind == .keyword(.in) else {
          throw unexpected("LIKE or IN after NOT")
        }
      default: return node
      }
      try countOperation(at: column)
      let isLike = token.kind == .keyword(.like)
      try advance()
      node =
        isLike
        ? .like(node, try pattern(), isNegated: isNegated)
        : .within(node, try elements(), isNegated: isNegated, column: column)
    }
  }

  private mutating func prefixed() throws(CESQLError) -> Node {
    let start = token
    switch start.kind {
    case .keyword(.not):
      try advance()
      try countOperation(at: start.column)
      return .not(try prefixed(), column: start.column)
    case .symbol(.minus), .symbol(.plus): return try signed()
    case .keyword(.exists):
      try advance()
      guard case .name(let name) = token.kind else { throw unexpected("a name after EXISTS") }
      return .exists(try take(name))
    default: return try primary()
    }
  }

  /// A sign that touches digits belongs to the number; a minus elsewhere negates.
  private mutating func signed() throws(CESQLError) -> Node {
    let sign = token
    try advance()
    if case .number(let digits) = token.kind, token.column == sign.end {
      return try number(sign.kind == .symbol(.minus) ? "-" + digits : digits, at: sign.column)
    }
    guard sign.kind == .symbol(.minus) else {
      throw CESQLError(.parse, column: sign.column, "expected digits right after \"+\"")
    }
    try countOperation(at: sign.column)
    return .negate(try prefixed(), column: sign.column)
  }

  private mutating func primary() throws(CESQLError) -> Node {
    let start = token
    switch start.kind {
    case .number(let digits): return try number(digits, at: start.column)
    case .string(let text):
      try advance()
      return .literal(.string(text))
    case .keyword(.true), .keyword(.false):
      try advance()
      return .literal(.boolean(start.kind == .keyword(.true)))
    case .symbol(.leftParenthesis):
      try advance()
      try countOperation(at: start.column)
      let node = try expression(above: 0)
      try close(start.column)
      return node
    case .name(let name): return try named(name)
    default: throw unexpected("a name, a number, a text, TRUE, FALSE or \"(\"")
    }
  }

  private mutating func number(_ text: String, at column: Int) throws(CESQLError) -> Node {
    guard let value = Int32(text) else {
      throw CESQLError(
        .parse, column: column, "\(text) is beyond the numbers from -2147483648 to 2147483647")
    }
    try advance()
    return .literal(.integer(value))
  }

  private mutating func named(_ name: String) throws(CESQLError) -> Node {
    let start = token
    try advance()
    guard token.kind == .symbol(.leftParenthesis) else {
      return .name(try note(name, at: start.column))
    }
    guard Function.isName(name) else {
      throw CESQLError(
        .parse, column: start.column, "\"\(name)\" is no name of a function: letters and _ only")
    }
    try countOperation(at: start.column)
    let arguments = try list(isEmptyAllowed: true)
    return .call(
      Node.Call(
        name: name, function: Function(name, arguments: arguments.count), arguments: arguments,
        column: start.column))
  }

  private mutating func pattern() throws(CESQLError) -> LikePattern {
    guard case .string(let text) = token.kind else {
      throw unexpected("a text in quotes after LIKE")
    }
    try advance()
    return LikePattern(text)
  }

  private mutating func elements() throws(CESQLError) -> [Node] {
    guard token.kind == .symbol(.leftParenthesis) else { throw unexpected("\"(\" after IN") }
    return try list(isEmptyAllowed: false)
  }

  /// A list in parentheses, its elements parted by commas.
  private mutating func list(isEmptyAllowed: Bool) throws(CESQLError) -> [Node] {
    let start = token.column
    try advance()
    var nodes: [Node] = []
    if isEmptyAllowed, token.kind == .symbol(.rightParenthesis) {
      try advance()
      return nodes
    }
    nodes.append(try expression(above: 0))
    while token.kind == .symbol(.comma) {
      try advance()
      nodes.append(try expression(above: 0))
    }
    try close(start)
    return nodes
  }

  private mutating func close(_ opening: Int) throws(CESQLError) {
    guard token.kind == .symbol(.rightParenthesis) else {
      throw unexpected("\")\" for the \"(\" of column \(opening)")
    }
    try advance()
  }

  private mutating func take(_ name: String) throws(CESQLError) -> CESQLName {
    let column = token.column
    try advance()
    return try note(name, at: column)
  }

  /// Notes a name where it first stands.
  private mutating func note(_ written: String, at column: Int) throws(CESQLError) -> CESQLName {
    if dialect == .standard, written.contains("_") {
      throw CESQLError(
        .parse, column: column, "\"\(written)\" is no name: letters and digits only")
    }
    let name = CESQLName(name: CESQLName.normal(written), column: column)
    if !names.contains(where: { $0.name == name.name }) { names.append(name) }
    return name
  }

  private mutating func advance() throws(CESQLError) { token = try lexer.next() }

  private mutating func countOperation(at column: Int) throws(CESQLError) {
    operations += 1
    guard operations <= CESQLExpression.maximumOperations else {
      throw CESQLError(
        .parse, column: column,
        "more than \(CESQLExpression.maximumOperations) operators, calls and parentheses")
    }
  }

  private func unexpected(_ expected: String) -> CESQLError {
    CESQLError(.parse, column: token.column, "expected \(expected), not \(token.words)")
  }
}
