import Testing

@testable import Wire

/// The public JSON parsing suite: names that begin with y must be accepted, n rejected, i may be
/// either, and this table says which.
@Suite(.enabled(if: SharedData.isExpected("data/json-test-suite/test_parsing")))
struct JSONSuiteTests {
  private static let folder = "data/json-test-suite/test_parsing"

  private func outcome(_ name: String) throws -> Result<JSONValue, JSONError> {
    let bytes = try SharedData.bytes("\(Self.folder)/\(name)")
    return Result { () throws(JSONError) in try JSONValue(parsing: bytes) }
  }

  private func names(_ letter: String) throws -> [String] {
    try SharedData.names(in: Self.folder).filter { $0.hasPrefix("\(letter)_") }
  }

  @Test("every valid text is accepted")
  func valid() throws {
    let names = try names("y")
    #expect(names.count == 95)
    for name in names {
      #expect(throws: Never.self, "\(name)") { try outcome(name).get() }
    }
  }

  @Test("every invalid text is rejected")
  func invalid() throws {
    let names = try names("n")
    #expect(names.count == 188)
    for name in names {
      #expect(throws: JSONError.self, "\(name)") { try outcome(name).get() }
    }
  }

  @Test("skipping a value accepts and rejects what reading it does, but for the number range")
  func skipping() throws {
    for name in try SharedData.names(in: Self.folder) {
      let bytes = try SharedData.bytes("\(Self.folder)/\(name)")
      let skipped = bytes.withUnsafeBytes { raw in
        Result { () throws(JSONError) in
          var reader = JSONReader(raw)
          try reader.skipValue()
          try reader.finish()
        }
      }
      switch (try outcome(name), skipped) {
      case (.success, .success): break
      case (.failure(let read), .failure(let skip)): #expect(read == skip, "\(name)")
      case (.failure(let read), .success): #expect(read.reason == .numberOutOfRange, "\(name)")
      case (.success, .failure(let skip)): Issue.record("\(name): only skipping failed: \(skip)")
      }
    }
  }

  @Test("a text the standard leaves open is treated as this table says")
  func open() throws {
    let names = try names("i")
    #expect(names == Self.table.map { "i_\($0.name).json" })
    for row in Self.table {
      let outcome = try outcome("i_\(row.name).json")
      switch outcome {
      case .success(let value): #expect(row.outcome == .accepted(value), "\(row.name)")
      case .failure(let error): #expect(row.outcome == .rejected(error), "\(row.name)")
      }
    }
  }

  private enum Outcome: Equatable {
    case accepted(JSONValue)
    case rejected(JSONError)

    static func rejected(_ offset: Int, _ reason: JSONError.Reason) -> Outcome {
      .rejected(JSONError(offset: offset, reason: reason))
    }
  }

  private static let table: [(name: String, outcome: Outcome)] = [
    ("number_double_huge_neg_exp", .accepted(.array([.number(0.0)]))),
    ("number_huge_exp", .rejected(1, .numberOutOfRange)),
    ("number_neg_int_huge_exp", .rejected(1, .numberOutOfRange)),
    ("number_pos_double_huge_exp", .rejected(1, .numberOutOfRange)),
    ("number_real_neg_overflow", .rejected(1, .numberOutOfRange)),
    ("number_real_pos_overflow", .rejected(1, .numberOutOfRange)),
    ("number_real_underflow", .accepted(.array([.number(0.0)]))),
    ("number_too_big_neg_int", .accepted(.array([.number(-1.2312312312312312e+29)]))),
    ("number_too_big_pos_int", .accepted(.array([.number(1e+20)]))),
    ("number_very_big_negative_int", .accepted(.array([.number(-2.374623746732769e+47)]))),
    ("object_key_lone_2nd_surrogate", .rejected(2, .loneSurrogate)),
    ("string_1st_surrogate_but_2nd_missing", .rejected(2, .loneSurrogate)),
    ("string_1st_valid_surrogate_2nd_invalid", .rejected(2, .loneSurrogate)),
    ("string_UTF-16LE_with_BOM", .rejected(0, .expectedValue)),
    ("string_UTF-8_invalid_sequence", .rejected(7, .invalidUTF8)),
    ("string_UTF8_surrogate_U+D800", .rejected(2, .invalidUTF8)),
    ("string_incomplete_surrogate_and_escape_valid", .rejected(2, .loneSurrogate)),
    ("string_incomplete_surrogate_pair", .rejected(2, .loneSurrogate)),
    ("string_incomplete_surrogates_escape_valid", .rejected(2, .loneSurrogate)),
    ("string_invalid_lonely_surrogate", .rejected(2, .loneSurrogate)),
    ("string_invalid_surrogate", .rejected(2, .loneSurrogate)),
    ("string_invalid_utf-8", .rejected(2, .invalidUTF8)),
    ("string_inverted_surrogates_U+1D11E", .rejected(2, .loneSurrogate)),
    ("string_iso_latin_1", .rejected(2, .invalidUTF8)),
    ("string_lone_second_surrogate", .rejected(2, .loneSurrogate)),
    ("string_lone_utf8_continuation_byte", .rejected(2, .invalidUTF8)),
    ("string_not_in_unicode_range", .rejected(2, .invalidUTF8)),
    ("string_overlong_sequence_2_bytes", .rejected(2, .invalidUTF8)),
    ("string_overlong_sequence_6_bytes", .rejected(2, .invalidUTF8)),
    ("string_overlong_sequence_6_bytes_null", .rejected(2, .invalidUTF8)),
    ("string_truncated-utf-8", .rejected(2, .invalidUTF8)),
    ("string_utf16BE_no_BOM", .rejected(0, .expectedValue)),
    ("string_utf16LE_no_BOM", .rejected(1, .expectedValue)),
    ("structure_500_nested_arrays", .rejected(128, .tooDeep)),
    ("structure_UTF-8_BOM_empty_object", .rejected(0, .byteOrderMark)),
  ]
}
