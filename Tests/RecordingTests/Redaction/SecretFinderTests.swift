import Domain
import Testing
import Wire

@testable import Recording

/// A text as it is written to a tape.
private func redacted(_ text: String, _ rules: RedactionRules = RedactionRules()) -> String {
  Redactor(rules).redact(text)
}

@Suite("What is taken out of a recording")
struct SecretFinderTests {
  @Test(
    "members of JSON whose name says that they are secret",
    arguments: [
      (#"{"token":"abc"}"#, #"{"token":"[redacted:token]"}"#),
      (#"{ "accessToken" : "abc" , "n":1}"#, #"{ "accessToken" : "[redacted:token]" , "n":1}"#),
      (#"{"DB_PASSWORD":"a\"b\\","x":"y"}"#, #"{"DB_PASSWORD":"[redacted:password]","x":"y"}"#),
      (
        #"{"client_secret":"s","apiKey":"k"}"#,
        #"{"client_secret":"[redacted:secret]","apiKey":"[redacted:key]"}"#
      ),
      (
        #"{"set-cookie":["a=b","c=d"],"z":["q"]}"#,
        #"{"set-cookie":["[redacted:cookie]","[redacted:cookie]"],"z":["q"]}"#
      ),
      (
        #"{"credentials":{"user":"u","n":5,"deep":[{"p":"x"}]},"a":"b"}"#,
        #"{"credentials":{"user":"[redacted:credential]","n":5,"deep":[{"p":"[redacted:credential]"}]},"a":"b"}"#
      ),
      (
        #"{"text":"{\"password\":\"a\\\"b\",\"n\":1}"}"#,
        #"{"text":"{\"password\":\"[redacted:password]\",\"n\":1}"}"#
      ),
      (
        #"{"t":"{\"u\":\"{\\\"secret\\\":\\\"x\\\"}\"}"}"#,
        #"{"t":"{\"u\":\"{\\\"secret\\\":\\\"[redacted:secret]\\\"}\"}"}"#
      ),
      (
        #"{"authorization":"Bearer abcdef0123456789"}"#,
        #"{"authorization":"[redacted:authorization]"}"#
      ),
      (#"{'password': 'x', 'b': 1}"#, #"{'password': '[redacted:password]', 'b': 1}"#),
    ])
  func members(text: String, expected: String) {
    #expect(redacted(text) == expected)
    #expect(redacted(expected) == expected)
  }

  @Test(
    "queries, environments, options and headers",
    arguments: [
      ("https://h/s?token=abc&x=1", "https://h/s?token=[redacted:token]&x=1"),
      ("/s?a=1&sig=AbC%2F&k=2", "/s?a=1&sig=[redacted:parameter]&k=2"),
      (
        #"{"u":"https://h?a=1\u0026api_key=zz"}"#,
        #"{"u":"https://h?a=1\u0026api_key=[redacted:key]"}"#
      ),
      ("export GITHUB_TOKEN=abc; ls", "export GITHUB_TOKEN=[redacted:token]; ls"),
      (
        #"{"cmd":"PGPASSWORD='a b' psql\nTOKEN=x1 go"}"#,
        #"{"cmd":"PGPASSWORD='[redacted:password]' psql\nTOKEN=[redacted:token] go"}"#
      ),
      (#"password = "hunter2""#, #"password = "[redacted:password]""#),
      ("mysql --password hunter2 --user x", "mysql --password [redacted:password] --user x"),
      ("mysql --password=hunter2", "mysql --password=[redacted:password]"),
      (
        "Authorization: Bearer abc.def-123\r\nHost: h",
        "Authorization: [redacted:authorization]\r\nHost: h"
      ),
      (
        #"{"c":"curl -H \"Authorization: Basic dTpw\" https://h"}"#,
        #"{"c":"curl -H \"Authorization: [redacted:authorization]\" https://h"}"#
      ),
      ("Cookie: a=b; c=d\nX: y", "Cookie: [redacted:cookie]\nX: y"),
      ("x-api-key: 0a1b2c3d4e\n", "x-api-key: [redacted:key]\n"),
      ("password: correcthorse\n", "password: [redacted:password]\n"),
      ("a bearer 0123456789abcdefghij", "a bearer [redacted:token]"),
      ("Basic dXNlcjpwYXNz", "Basic [redacted:password]"),
      (#"{"u":"https:\/\/a:b@h\/"}"#, #"{"u":"https:\/\/[redacted:userinfo]@h\/"}"#),
      (#"{"a":"secret=","b":"c"}"#, #"{"a":"secret=","b":"c"}"#),
      (#"{"a":"export SECRET=\"a b\" x\\"}"#, #"{"a":"export SECRET=\"[redacted:secret]\" x\\"}"#),
      (#"{"a":"x \"token\":","b":"c"}"#, #"{"a":"x \"token\":","b":"c"}"#),
      (#"{"a":"secret=\"a\\","b":"c"}"#, #"{"a":"secret=\"[redacted:secret]","b":"c"}"#),
      ("postgres://ana:s3cret@db.example/x", "postgres://[redacted:userinfo]@db.example/x"),
    ])
  func assignments(text: String, expected: String) {
    #expect(redacted(text) == expected)
    #expect(redacted(expected) == expected)
  }

  @Test(
    "shapes that issuers have given their tokens",
    arguments: [
      ("sk-ant-api03-" + String(repeating: "a", count: 40), "key"),
      ("sk-proj-" + String(repeating: "B", count: 40), "key"),
      ("ghp_" + String(repeating: "x", count: 36), "token"),
      ("github_pat_" + String(repeating: "1", count: 40), "token"),
      ("glpat-" + String(repeating: "z", count: 20), "token"),
      ("xoxb-123456789012-abcdef", "token"), ("AKIAIOSFODNN7EXAMPLE", "key"),
      ("AIza" + String(repeating: "Q", count: 35), "key"),
      ("ya29." + String(repeating: "q", count: 30), "token"),
      ("npm_" + String(repeating: "n", count: 36), "token"),
      ("dop_v1_" + String(repeating: "0", count: 64), "token"),
      ("SG." + String(repeating: "g", count: 22) + "." + String(repeating: "h", count: 43), "key"),
      ("sk_live_" + String(repeating: "4", count: 24), "key"),
      ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-DEF_1", "token"),
    ])
  func shapes(secret: String, name: String) {
    #expect(redacted("see \(secret), then") == "see [redacted:\(name)], then")
    #expect(redacted("{\"a\":\"x\\n\(secret)\"}") == "{\"a\":\"x\\n[redacted:\(name)]\"}")
    #expect(redacted("x\(secret)") == "x\(secret)", "no token begins within a word")
  }

  @Test("a private key goes whole, in a string to its end at most")
  func privateKeys() {
    let begin = "-----BEGIN RSA PRIVATE KEY-----"
    let key = "\(begin)\\nMIIE\\nabc=\\n-----END RSA PRIVATE KEY-----"
    #expect(redacted("{\"k\":\"\(key)\\nrest\"}") == #"{"k":"[redacted:private-key]\nrest"}"#)
    #expect(
      redacted("{\"k\":\"\(begin)\\nMIIE\",\"z\":1}") == #"{"k":"[redacted:private-key]","z":1}"#)
    #expect(
      redacted(#"{"k":"{\"k\":\"\#(begin)\\nMIIE\"}"}"#)
        == #"{"k":"{\"k\":\"[redacted:private-key]\"}"}"#)
    let certificate = "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----"
    #expect(redacted(certificate) == certificate)
  }

  @Test(
    "home folders lose the name of their owner",
    arguments: [
      (#"{"cwd":"/home/ana/x","n":"/home/ana"}"#, #"{"cwd":"~/x","n":"~"}"#),
      ("cd /Users/ana && ls", "cd ~ && ls"), ("file:///home/ana/a", "file://~/a"),
      ("PATH=/bin:/home/ana/bin:/root/bin", "PATH=/bin:~/bin:~/bin"),
      (#"{"p":"C:\\Users\\ana\\x"}"#, #"{"p":"~\\x"}"#), (#"C:\Users\ana\x"#, #"~\x"#),
      (#"{"p":"{\"q\":\"C:\\\\Users\\\\ana\\\\x\"}"}"#, #"{"p":"{\"q\":\"~\\\\x\"}"}"#),
      (#"{"p":"a\n/home/ana/b"}"#, #"{"p":"a\n~/b"}"#),
      (#"{"p":"\/home\/ana\/b"}"#, #"{"p":"~\/b"}"#),
      ("in /root.", "in ~."),
    ])
  func homes(text: String, expected: String) {
    #expect(redacted(text) == expected)
    #expect(redacted(expected) == expected)
  }

  @Test(
    "what is no secret stays as it is",
    arguments: [
      #"{"tokens":123,"tokensIn":5,"max_tokens":"4096","token":"17"}"#,
      #"{"usage":{"tokens":{"input":5,"model":"m"}},"password":null,"secret":true,"cookie":4}"#,
      #"{"token_type":"Bearer","tokenizer":"bpe","secretary":"Ann","password_hint":"dog"}"#,
      #"{"id":"3f2504e0-4f89-11d3-9a0c-0305e82c3301","sha":"da39a3ee5e6b4b0d3255bfef95601890afd80709"}"#,
      #"{"feedposition":"57-t3h2k1","feedcrc32c":"1a2b3c4d","subject":"task/sk-7"}"#,
      "task-0123456789abcdefghijklmnop risk-0123456789abcdefghijklmnop disk-aaaaaaaaaaaaaaaaaaaaaaa",
      "the bearer of bad news, a basic understanding, Basic authentication", "ssh://git@host/x",
      "let token = lexer.next() ; if token == nil {", "f(token=None, password=getpass(), x=$TOKEN)",
      "error: invalid token: expected a brace", "https://h/home/page /api/users/42 /srv/home/x",
      "/Users/Shared/x /homework/a /rooted ~/home/x a/root", "http://h:80/a@b", "cookie: chocolate",
      #"{"item":"cookie-1","name":"Cookie","key":"k","auth":"x"}"#, "", "\"", "\\",
      "[redacted:token]",
    ])
  func innocent(text: String) {
    #expect(redacted(text) == text)
  }

  @Test("a config adds names and shapes")
  func extras() {
    let rules = RedactionRules(
      fields: ["member_id", "x"], shapes: [SecretShape("acme-", "a-z", least: 4, name: "acme")])
    #expect(
      redacted(#"{"Member_ID":"7","member_ids":"8","x":"9","t":"acme-abcd"} ?member_id=5"#, rules)
        == #"{"Member_ID":"[redacted:field]","member_ids":"8","x":"9","t":"[redacted:acme]"} ?member_id=[redacted:field]"#
    )
    #expect(rules.fields == ["member_id"])
  }

  @Test("a role is not shown what it may not see")
  func roles() {
    let data =
      #"{"resident":"Ann","transcript":"two soups","allergens":["nuts",1],"text":"hi","table":"12"}"#
    #expect(redacted(data) == data)
    #expect(redacted(data, RedactionRules(role: .auditor)) == data)
    #expect(
      redacted(data, RedactionRules(role: .cook))
        == #"{"resident":"[redacted:role]","transcript":"[redacted:role]","allergens":["nuts",1],"text":"hi","table":"12"}"#
    )
    #expect(
      redacted(data, RedactionRules(role: .server)).contains(#""allergens":["[redacted:role]",1]"#))
    #expect(redacted(data, RedactionRules(role: .viewer)).contains(#""text":"[redacted:role]""#))
  }

  @Test("whatever the bytes, JSON stays JSON and a secret behind them is found", arguments: 0..<200)
  func hostile(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let pieces = [
      "\"token\"", "\"password\"", ":", ",", "\"", "\\\"", "\\\\", "\\", "{", "}", "[", "]", "=",
      " ",
      "/home/ana", "C:\\\\Users\\\\ana", "eyJhbGciOiJI.eyJz.x", "https://a:b@h", "Bearer abc123xyz",
      "-----BEGIN PRIVATE KEY-----", "sk-aaaaaaaaaaaaaaaaaaaaaaaaaa", "'", "\\n", "é", "a",
      "secret=", "1",
    ]
    var text = ""
    for _ in 0..<40 { text += pieces[Int(random.next() % UInt64(pieces.count))] }
    var writer = JSONWriter()
    writer.string(text)
    var json = writer.bytes
    json = Array(#"{"a":"#.utf8) + json + Array(#","password":"p"}"#.utf8)
    let out = redacted(String(decoding: json, as: UTF8.self))
    #expect((try? JSONValue(parsing: Array(out.utf8))) != nil, "\(out)")
    #expect(out.hasSuffix(#","password":"[redacted:password]"}"#), "\(out)")
  }
}
