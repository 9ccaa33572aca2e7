/// What a state is read from without containers, value by value in the order in which they stand.
///
/// What a state holds by the ten thousand is read through this by hand, in the order in which its
/// synthesized counterpart writes it: the containers of `Decodable` take ten times as long as the
/// values, and a seek on a tape waits for them.
package protocol StateReader: AnyObject {
  /// Each throws when what stands there is of another kind or cut off.
  func readFlag() throws -> Bool
  func readByte() throws -> UInt8
  func readInt() throws -> Int
  func readNumber() throws -> Int64
  func readDouble() throws -> Double
  func readText() throws -> String
  func readTexts() throws -> [String]
  func readMoment() throws -> Timestamp
  /// The length of a list, no greater than the bytes that are left.
  func readCount() throws -> Int
}

extension StateReader {
  /// A value that may be missing.
  func readOptional<Value>(_ value: () throws -> Value) throws -> Value? {
    try readFlag() ? try value() : nil
  }

  func readOptionalText() throws -> String? { try readFlag() ? try readText() : nil }

  func readOptionalMoment() throws -> Timestamp? { try readFlag() ? try readMoment() : nil }

  func readOptionalNumber() throws -> Int64? { try readFlag() ? try readNumber() : nil }

  /// A case by its number.
  func readCase<Value: NumberedCase>(_ type: Value.Type = Value.self) throws -> Value {
    try Value(number: try readByte())
  }
}

extension Decoder {
  /// The decoder as what it is for a state.
  func stateReader() throws(StateFault) -> any StateReader {
    guard let reader = self as? any StateReader else {
      throw StateFault(problem: "it is read from keyframes alone")
    }
    return reader
  }
}
