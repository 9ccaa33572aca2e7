import Glibc

/// A value that one thread at a time may touch; used as the standard library's `Mutex` is.
///
/// It stands on `pthread_mutex_t` because the thread sanitizer knows that one. The futex of the
/// standard library's it does not see, and so takes everything kept behind it for a race.
package final class Mutex<Value>: @unchecked Sendable {
  private let handle: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  /// A value nobody else has.
  package init(_ value: sending Value) {
    handle = .allocate(capacity: 1)
    pthread_mutex_init(handle, nil)
    self.value = value
  }

  deinit {
    pthread_mutex_destroy(handle)
    handle.deallocate()
  }

  /// Does something to the value if no other thread does; nil if one does.
  package func withLockIfAvailable<Result, Failure>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard pthread_mutex_trylock(handle) == 0 else { return nil }
    defer { pthread_mutex_unlock(handle) }
    return try body(&value)
  }

  /// Does something to the value while no other thread can. Not to be entered again by `body`.
  package func withLock<Result, Failure>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(handle)
    defer { pthread_mutex_unlock(handle) }
    return try body(&value)
  }
}
