package import Domain

/// Expected fields are written as literals in tests.
extension Fields: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral pairs: (Field, FieldValue)...) {
    self.init()
    for (field, value) in pairs { self[field] = value }
  }
}
