import Canvas
import Testing

@Suite("writing into a grid")
struct GridWriteTests {
  @Test("ASCII text lands where it is told and reports its columns")
  func ascii() {
    var grid = Grid(size: Size(width: 8, height: 2))
    #expect(grid.write("disk", x: 2, y: 1) == 4)
    #expect(grid.rowText(0) == "        ")
    #expect(grid.rowText(1) == "  disk  ")
  }
}
