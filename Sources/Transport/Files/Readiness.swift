import CLinux
@preconcurrency import Dispatch
import Glibc

/// Waits until a descriptor can be read without blocking, or has ended.
///
/// Nothing is polled: the kernel wakes us. Returns at once when the task is cancelled; false then.
func readable(_ descriptor: Int32) async -> Bool {
  if Task.isCancelled { return false }
  if isReadable(descriptor) { return true }
  let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
  await withTaskCancellationHandler {
    await withCheckedContinuation { continuation in
      source.setEventHandler { source.cancel() }
      source.setCancelHandler { continuation.resume() }
      source.activate()
    }
  } onCancel: {
    source.cancel()
  }
  return !Task.isCancelled
}

private func isReadable(_ descriptor: Int32) -> Bool {
  var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&request, 1, 0) > 0
}

/// What a call of the system answered through `errno`, in words.
func errorWords(_ code: Int32) -> String {
  String(cString: strerror(code)).lowercased()
}
