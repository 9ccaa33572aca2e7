import Domain
import Foundation
import TestSupport
import Testing

@testable import Panes

@Suite("the words of the dashboard")
struct LanguageTests {
  @Test(
    "Arabic counts have six forms",
    arguments: [
      (0, "لا أحداث"), (1, "حدث واحد"), (2, "حدثان"), (3, "3 أحداث"), (10, "10 أحداث"),
      (11, "11 حدثًا"), (99, "99 حدثًا"), (100, "100 حدث"), (101, "101 حدث"), (102, "102 حدث"),
      (103, "103 أحداث"), (111, "111 حدثًا"), (1_000, "1000 حدث"), (-1, "-1 حدث"),
      (-5, "-5 أحداث"),
    ])
  func plural(_ number: Int, _ expected: String) {
    #expect(Language.arabic.count(number, .events) == expected)
  }

  @Test("the category of any number is found")
  func category() {
    #expect(Noun.Plural(.max) == .few)
    #expect(Noun.Plural(.min) == .few)
    #expect(Noun.Plural(200) == .other && Noun.Plural(211) == .many)
  }

  @Test("English counts are as they were")
  func english() {
    #expect(Language.english.count(1, .calls) == "1 calls")
    #expect(Language.english.count(0, .tickets) == "0 tickets")
  }

  @Test("a state agrees with what it is told of")
  func gender() {
    #expect(Language.arabic.text(.lateLoud, .masculine) == "متأخر")
    #expect(Language.arabic.text(.lateLoud, .feminine) == "متأخرة")
    #expect(Language.arabic.text(.cancelled, .masculine) == "ملغى")
    #expect(Language.arabic.text(.cancelled, .feminine) == "ملغاة")
    #expect(Language.english.text(.lateLoud, .feminine) == "LATE")
    #expect(Language.arabic.word(TaskState.completed) == "مكتملة")
    #expect(Language.arabic.word(OrderState.cancelled) == "ملغى")
    #expect(Language.english.word(OrderState.inProgress) == "in_progress")
  }

  @Test("what is filled in comes to its place")
  func places() {
    let language = Language.arabic
    #expect(language.text(Label("a %1 b %2", "%2 و %1"), "x", "y") == "y و x")
    #expect(language.text(Label("100% of %1", "100% من %1"), "%1") == "100% من %1")
    #expect(language.text(Label("%", "%")) == "%")
    #expect(Language.english.text(Label("%1 %2", ""), "a") == "a %2")
  }

  @Test("a text that waits for its Arabic is shown in English")
  func untranslated() {
    #expect(Language.arabic.text(Label(untranslated: "brand new")) == "brand new")
  }

  @Test("no text waits for its Arabic")
  func complete() throws {
    let marker = "Label(" + "untranslated: \""
    let sources = Repository.root.appending(path: "Sources")
    let waiting = try Repository.files(in: sources).filter { path in
      guard path.hasSuffix(".swift") else { return false }
      return try String(contentsOf: sources.appending(path: path), encoding: .utf8)
        .contains(marker)
    }
    #expect(waiting == [])
  }

  @Test(
    "an alert of ours is told in Arabic",
    arguments: [
      ("AGENT_STALLED", "silent 10 min in Bash", "صامت منذ 10 دقائق في Bash"),
      ("AGENT_STALLED", "silent 10 min", "صامت منذ 10 دقائق"),
      ("TICKET_LATE", "order 204 at grill", "الطلب 204 في grill"),
      ("KDS_SYNC_ERROR", "bumped while held", "منتهية وكانت معلّقة"),
      ("STREAM_GAP", "41 missing (5-45)", "المفقود 41 (5-45)"),
      ("ORDER_UNROUTED", "no ticket for #218", "لا تذكرة للطلب 218"),
    ])
  func alert(_ code: String, _ english: String, _ arabic: String) {
    #expect(AlertWords.text(english, code: code, in: .arabic) == arabic)
    #expect(AlertWords.text(english, code: code, in: .english) == english)
  }

  @Test("what another system said of an alert is left as it is")
  func foreign() {
    #expect(AlertWords.text("hurry up", code: "TICKET_LATE", in: .arabic) == "hurry up")
    #expect(AlertWords.text("order 5", code: "THEIR_CODE", in: .arabic) == "order 5")
    #expect(AlertWords.text("", code: "STREAM_GAP", in: .arabic) == "")
  }
}
