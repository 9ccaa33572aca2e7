/// An enum without payloads whose state is written as the number of its case, in the order in which
/// the cases stand.
///
/// Raw values are words of the protocol; as part of a keyframe they would cost ten times the bytes.
package protocol NumberedCase: CaseIterable, Codable {}

extension NumberedCase {
  package func encode(to encoder: any Encoder) throws {
    try write(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    self = try Self.read(from: decoder)
  }

  // An enum of at least two cases without payloads is one byte that counts its cases in order,
  // which the ABI promises: finding the case in `allCases` would be most of the time it takes.

  fileprivate func write(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(unsafeBitCast(self, to: UInt8.self))
  }

  fileprivate static func read(from decoder: any Decoder) throws -> Self {
    try Self(number: try decoder.singleValueContainer().decode(UInt8.self))
  }

  /// The case of a number; throws when there is none.
  init(number: UInt8) throws(StateFault) {
    try StateFault.check(
      Int(number) < Self.allCases.count, "there is no case \(number) of \(Self.self)")
    self = unsafeBitCast(number, to: Self.self)
  }
}

// Said again where a raw value would otherwise be written.
extension NumberedCase where Self: RawRepresentable, RawValue == String {
  package func encode(to encoder: any Encoder) throws {
    try write(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    self = try Self.read(from: decoder)
  }
}

extension NumberedCase where Self: RawRepresentable, RawValue == Int {
  package func encode(to encoder: any Encoder) throws {
    try write(to: encoder)
  }

  package init(from decoder: any Decoder) throws {
    self = try Self.read(from: decoder)
  }
}
