import ArgumentParser
import CESQL
import Canvas
import Domain
import Engine
import Glibc
import Rules

/// The options that make a command wait for a condition.
struct GateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "End with exit code 0 as soon as this is true of the board (`podium facts`).",
      valueName: "EXPRESSION"))
  var until: String?

  @Option(
    help: ArgumentHelp(
      "With --until: end with exit code 1 when it is not true within this time, such as 60s or 2m.",
      valueName: "TIME"))
  var timeout: Wait?

  @Flag(help: "With --until: say what became of it as JSON.")
  var json = false

  func validate() throws {
    guard until == nil, timeout != nil || json else { return }
    throw ValidationError("\(json ? "--json" : "--timeout") belongs to --until EXPRESSION")
  }

  /// The gate, if one is asked for; read before anything is opened.
  ///
  /// - Throws: `Failure` 64 with the column of what is wrong.
  func gate() throws -> Gate? {
    guard let until else { return nil }
    do throws(CESQLError) {
      return Gate(try Condition(until))
    } catch {
      throw Failure(.usage, "--until: \(error)")
    }
  }

  /// Goes along a tape until the gate passes.
  ///
  /// - Throws: `Failure` 1 where it does not.
  func pass(_ gate: Gate, tape path: String) throws {
    var gate = gate
    let report: GateReport
    do throws(FileError) {
      let input = try TapeInput(path: path)
      report = try gate.pass(playing: input)
      if input.isCutOff {
        standardError("podium: \(path) is cut off; looked at up to its last whole line")
      }
    } catch {
      throw Failure(error)
    }
    try GateTelling(isJSON: json).tell(report, "on the whole of \(path)")
  }
}

/// Prints what became of a gate.
struct GateTelling: Sendable {
  var isJSON = false

  /// Prints it on the standard output.
  ///
  /// - Throws: `Failure` 1 where the gate did not pass; `span` says how long it was waited for.
  func tell(_ report: GateReport, _ span: String) throws {
    if isJSON {
      writeAll(report.json, to: STDOUT_FILENO)
    } else {
      let lines = report.lines.map { $0 + "\n" }.joined()
      writeAll(
        Array(HostileText.escaped(lines, keepsLineFeeds: true).utf8), to: STDOUT_FILENO)
    }
    guard !report.isPassed else { return }
    throw Failure(.checkFailed, "\(report.complaint) (\(span))")
  }
}
