import Canvas
import Testing

@Suite("rectangles")
struct GeometryTests {
  @Test("cutters hand out slices and keep the rest")
  func cutters() {
    var rect = Rect(x: 1, y: 2, width: 10, height: 6)
    #expect(rect.cutTop(1) == Rect(x: 1, y: 2, width: 10, height: 1))
    #expect(rect.cutBottom(2) == Rect(x: 1, y: 6, width: 10, height: 2))
    #expect(rect.cutLeft(3) == Rect(x: 1, y: 3, width: 3, height: 3))
    #expect(rect.cutRight(4) == Rect(x: 7, y: 3, width: 4, height: 3))
    #expect(rect == Rect(x: 4, y: 3, width: 3, height: 3))
  }

  @Test("cutting too much or less than nothing never gives a negative size")
  func overcutting() {
    var rect = Rect(x: 0, y: 0, width: 4, height: 3)
    #expect(rect.cutTop(-5).isEmpty)
    #expect(rect.cutRight(99) == Rect(x: 0, y: 0, width: 4, height: 3))
    #expect(rect.isEmpty)
    #expect(rect.cutBottom(Int.max).height == 3)
    #expect(rect.cutLeft(Int.min).width == 0)
  }

  @Test("intersection, containment and insets")
  func relations() {
    let rect = Rect(x: 2, y: 2, width: 4, height: 4)
    #expect(
      rect.intersection(Rect(x: 0, y: 3, width: 3, height: 9))
        == Rect(x: 2, y: 3, width: 1, height: 3))
    #expect(rect.intersection(Rect(x: 6, y: 2, width: 4, height: 4)).isEmpty)
    #expect(rect.contains(Point(x: 5, y: 5)))
    #expect(!rect.contains(Point(x: 6, y: 5)))
    #expect(rect.inset(by: 1) == Rect(x: 3, y: 3, width: 2, height: 2))
    #expect(rect.inset(dx: 9, dy: 0) == Rect(x: 4, y: 2, width: 0, height: 4))
    #expect(rect.inset(by: -1) == Rect(x: 1, y: 1, width: 6, height: 6))
  }

  @Test("absurd numbers do not overflow")
  func extremes() {
    var rect = Rect(x: Int.max, y: Int.min, width: Int.max, height: Int.max)
    #expect(rect.maxX > rect.minX)
    #expect(rect.inset(by: Int.min).width >= rect.width)
    #expect(rect.inset(by: Int.max).isEmpty)
    #expect(rect.offset(dx: Int.max, dy: Int.min).size == rect.size)
    rect.cutTop(Int.max)
    #expect(rect.isEmpty)
    #expect(Size(width: -4, height: 2) == Size(width: 0, height: 2))
  }
}
