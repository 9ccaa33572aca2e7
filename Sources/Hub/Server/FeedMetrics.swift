import Domain

extension FeedHealth {
  /// The content type of `metrics`.
  static let metricsType = "text/plain; version=0.0.4; charset=utf-8"

  /// It in the text format of Prometheus, version 0.0.4.
  var metrics: String {
    let listening = { (kind: FeedHub.ReaderKind) in counts.listening[kind] ?? 0 }
    return counter("events", "Events published.", Int(clamping: sequence))
      + counter("readers_joined", "Readers that began to listen.", counts.readers)
      + counter("readers_cut", "Readers cut off because they were too slow.", counts.cutReaders)
      + counter("gaps", "Gaps told to readers that came back too late.", counts.gaps)
      + counter("polls", "Polls answered.", counts.polls)
      + counter("polls_refused", "Polls refused because too many waited.", counts.refusedPolls)
      + head("readers", "Readers that listen now.", "gauge")
      + "podium_hub_readers{transport=\"sse\"} \(listening(.eventStream))\n"
      + "podium_hub_readers{transport=\"websocket\"} \(listening(.webSocket))\n"
      + gauge("polls_waiting", "Polls that wait for an event.", counts.waitingPolls)
      + gauge("readers_compressed", "Readers sent compressed messages.", counts.compressors)
      + gauge("journal_events", "Events a reader can be given again.", events)
      + gauge("journal_bytes", "Bytes of the journal.", bytes)
      + gauge("journal_first_sequence", "Number of the oldest event kept.", Int(clamping: first))
      + gauge("uptime_seconds", "Seconds since the start.", Int(clamping: uptime.wholeSeconds))
  }

  private func counter(_ name: String, _ help: String, _ value: Int) -> String {
    head(name + "_total", help, "counter") + "podium_hub_\(name)_total \(value)\n"
  }

  private func gauge(_ name: String, _ help: String, _ value: Int) -> String {
    head(name, help, "gauge") + "podium_hub_\(name) \(value)\n"
  }

  private func head(_ name: String, _ help: String, _ type: String) -> String {
    "# HELP podium_hub_\(name) \(help)\n# TYPE podium_hub_\(name) \(type)\n"
  }
}
