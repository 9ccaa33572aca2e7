package import Canvas

/// The screen and keyboard, as the loop needs them. One thread only.
package protocol Display: AnyObject {
  var size: Size { get }
  var charset: Charset { get }
  var colorDepth: ColorDepth { get }
  /// To poll for reading.
  var descriptors: [Int32] { get }
  /// What was typed or signalled since the last call.
  func readEvents() -> [InputEvent]
  /// Shows a grid with one write; returns the bytes written.
  func present(_ grid: Grid) -> Int
  /// Forgets what the terminal shows.
  func invalidate()
  /// Gives the terminal back and stops until continued.
  func suspend()
}
