/// Whether a person or device is there.
package enum PresenceState: Int, Comparable, Hashable, NumberedCase, Sendable {
  /// Silent for 90 s, or left.
  case offline
  /// Silent for 45 s.
  case away
  case online

  package static func < (left: PresenceState, right: PresenceState) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A person or device on the floor.
package struct Presence: Codable, Equatable, Sendable {
  package let key: String
  package var user: String
  package var role: String?
  package var device: String?
  package var joinedAt: Timestamp
  package var lastSeen: Timestamp
  package var state: PresenceState
  /// `asserted` when it left, `inferred` when it fell silent.
  package var basis: Basis
}

/// How far a transcription is.
package enum TranscriptionState: Codable, Hashable, Sendable {
  case partial, final
  case failed(String?)
}

/// A spoken order.
package struct Transcription: Codable, Equatable, Sendable {
  package let id: String
  package let at: Timestamp
  package var seat: String?
  package var resident: String?
  package var text: String
  package var items: [String] = []
  /// 0-1; nil when not told.
  package var confidence: Double?
  package var latencyMilliseconds: Int64?
  package var isCached = false
  package var cost: Double?
  package var state: TranscriptionState
  /// What in it goes against the resident's allergies or diet.
  package var conflicts: [String] = []

  /// Whether a person should read it again.
  package var isLowConfidence: Bool { (confidence ?? 1) < 0.8 }
}

/// How a suggestion was taken.
package enum SuggestionState: String, Hashable, NumberedCase, Sendable {
  case offered, accepted, overridden
}

/// What a resident likes and must not have.
package struct Preference: Codable, Equatable, Sendable {
  package let resident: String
  package var items: [String] = []
  /// How often in the last 50 orders.
  package var frequency: Int64?
  package var dietary: [String] = []
  package var allergens: [String] = []
  /// IDDSI texture level 0-7.
  package var texture: Int64?
  package var suggestion: SuggestionState
  package var at: Timestamp
}

/// Who is editing an entity.
package struct EditLock: Codable, Equatable, Sendable {
  package let entity: String
  package let by: String
  package let expiresAt: Timestamp?
}
