/// An expression as a tree; every node has the column of the piece that names it.
indirect enum Node: Sendable {
  case literal(CESQLValue)
  case name(CESQLName)
  case exists(CESQLName)
  case not(Node, column: Int)
  case negate(Node, column: Int)
  case binary(BinaryOperator, Node, Node, column: Int)
  case like(Node, LikePattern, isNegated: Bool)
  case within(Node, [Node], isNegated: Bool, column: Int)
  case call(Call)

  /// A function with what it is given.
  struct Call: Sendable {
    /// The function's name as it is written.
    let name: String
    /// Nil where no function of the name takes so many values.
    let function: Function?
    let arguments: [Node]
    let column: Int
  }

  /// Its type, as far as it is known before evaluation.
  func kind(_ kindOfName: (String) -> CESQLKind?) -> CESQLKind? {
    switch self {
    case .literal(let value): value.kind
    case .name(let name): kindOfName(name.name)
    case .exists, .not, .like, .within: .boolean
    case .negate: .integer
    case .binary(let symbol, _, _, _): symbol.result
    case .call(let call): call.function?.result ?? .boolean
    }
  }

  /// The nodes below it.
  var children: [Node] {
    switch self {
    case .literal, .name, .exists: []
    case .not(let node, _), .negate(let node, _), .like(let node, _, _): [node]
    case .binary(_, let left, let right, _): [left, right]
    case .within(let node, let elements, _, _): [node] + elements
    case .call(let call): call.arguments
    }
  }
}

/// An operator between two values.
enum BinaryOperator: Sendable {
  case multiply, divide, remainder
  case add, subtract
  case equal, unequal
  case less, lessOrEqual, greater, greaterOrEqual
  case and, or, xor

  /// How tightly it binds, 1 the least (section 3.6).
  var level: Int {
    switch self {
    case .multiply, .divide, .remainder: 4
    case .add, .subtract: 3
    case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: 2
    case .and, .or, .xor: 1
    }
  }

  /// The type of what it comes to.
  var result: CESQLKind { level >= 3 ? .integer : .boolean }

  /// The type both sides are cast to; nil where the right side's own decides.
  var operand: CESQLKind? {
    switch self {
    case .multiply, .divide, .remainder, .add, .subtract: .integer
    case .less, .lessOrEqual, .greater, .greaterOrEqual: .integer
    case .and, .or, .xor: .boolean
    case .equal, .unequal: nil
    }
  }

  /// The operator that a token is, if it is one.
  init?(_ kind: Token.Kind) {
    switch kind {
    case .keyword(.and): self = .and
    case .keyword(.or): self = .or
    case .keyword(.xor): self = .xor
    case .symbol(let symbol): self.init(symbol)
    default: return nil
    }
  }

  private init?(_ symbol: Token.Symbol) {
    switch symbol {
    case .star: self = .multiply
    case .slash: self = .divide
    case .percent: self = .remainder
    case .plus: self = .add
    case .minus: self = .subtract
    case .equal: self = .equal
    case .notEqual, .lessGreater: self = .unequal
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .leftParenthesis, .rightParenthesis, .comma: return nil
    }
  }
}
