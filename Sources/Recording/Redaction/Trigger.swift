/// A word at which a secret may stand, and what it would be.
struct Trigger: Sendable {
  /// What the word tells.
  enum Kind: Sendable {
    /// A secret of this shape begins.
    case shape(SecretShape)
    /// Part of a name whose value is a secret, to be called by `mark`.
    case name(mark: String)
    /// A whole name whose value is a secret.
    case field
    /// A whole name of a member that a role may not see.
    case masked
    /// The name of a parameter of a query, with its `=`.
    case parameter
    /// A scheme of RFC 9110 section 11, with the blank after it.
    case bearer, basic
    /// The header of a JSON Web Token.
    case webToken
    /// The first line of a PEM block.
    case pemBlock
    /// The authority of a URL follows.
    case authority
    /// A home folder's name follows.
    case home, windowsHome
    /// The home folder of root.
    case rootHome
  }

  let kind: Kind
  /// The word, in lower case where case does not matter.
  let word: [UInt8]
  let foldsCase: Bool

  init(_ word: String, foldsCase: Bool = false, _ kind: Kind) {
    self.kind = kind
    self.foldsCase = foldsCase
    self.word = Array((foldsCase ? word.lowercased() : word).utf8)
  }

  /// Whether the word stands at a place.
  @inline(__always)
  func stands(at place: Int, in text: ForeignBytes) -> Bool {
    guard place >= 0, place &+ word.count <= text.count else { return false }
    for index in word.indices {
      let byte = text[place &+ index]
      guard word[index] == byte || foldsCase && word[index] == byte.lowercased else { return false }
    }
    return true
  }

  /// All that rules ask to look for.
  static func all(_ rules: RedactionRules) -> [Trigger] {
    let names = secretNames.flatMap { mark, words in
      words.map { Trigger($0, foldsCase: true, .name(mark: mark)) }
    }
    let parameters = ["sig=", "signature=", "key=", "auth=", "jwt="].map {
      Trigger($0, foldsCase: true, .parameter)
    }
    let shapes = (SecretShape.wellKnown + rules.shapes).map { Trigger($0.prefix, .shape($0)) }
    let fields = rules.fields.map { Trigger($0, foldsCase: true, .field) }
    let masked = rules.role.masked.map { Trigger($0, .masked) }
    return fields + masked + names + parameters + shapes + [
      Trigger("bearer ", foldsCase: true, .bearer), Trigger("basic ", foldsCase: true, .basic),
      Trigger("eyJ", .webToken), Trigger("-----BEGIN ", .pemBlock), Trigger("://", .authority),
      Trigger(#":\/\/"#, .authority),
      Trigger("/home/", .home), Trigger(#"\/home\/"#, .home), Trigger("/Users/", .home),
      Trigger(#"\/Users\/"#, .home), Trigger(#"\Users\"#, .windowsHome),
      Trigger("/root", .rootHome),
    ]
  }

  private static let secretNames: KeyValuePairs<String, [String]> = [
    "token": ["token"], "secret": ["secret"],
    "password": ["password", "passwd", "passphrase"],
    "authorization": ["authorization"], "cookie": ["cookie"], "credential": ["credential"],
    "key": [
      "apikey", "api_key", "api-key", "accesskey", "access_key", "access-key", "privatekey",
      "private_key", "private-key", "signingkey", "signing_key", "encryptionkey",
      "encryption_key", "masterkey", "master_key",
    ],
  ]
}

extension UInt8 {
  /// The letter in lower case; another byte as it is.
  @inline(__always)
  var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

  @inline(__always)
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  @inline(__always)
  var isLetter: Bool { lowercased >= 0x61 && lowercased <= 0x7A }

  @inline(__always)
  var isAlphanumeric: Bool { isDigit || isLetter }

  /// A part of a name in code, a header or an environment.
  @inline(__always)
  var isNamePart: Bool {
    isAlphanumeric || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
      || self == UInt8(ascii: ".")
  }
}
