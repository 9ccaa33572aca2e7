import Domain
package import Recording
import Wire

// A session as bytes: restored and fed the rest of a tape, it ends as one that was fed all of it.

extension Session {
  /// Whether nothing waits to be applied, so that a session that is fed the same without overload or
  /// limits stands where this one does.
  package var isSettled: Bool { triage.isEmpty && !isOverloaded }

  /// The session as bytes. Equal sessions give equal bytes; what changed and was not taken yet, and
  /// which connections are to be made anew, are no part of them.
  package func encoded() -> [UInt8] { Keyframe.encode(self) }

  /// The session of some bytes; in it, everything counts as changed.
  package init(decoding bytes: [UInt8]) throws(KeyframeError) {
    self = try Keyframe.decode(Session.self, from: bytes)
  }
}
