// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Configuration
import Foundation
import TalerWire
import Testing

@Suite struct ConfigurationTests {
    private func parse(_ text: String, environment: [String: String] = [:]) throws -> Configuration {
        try Configuration.parse(text, file: "/etc/shop/shop.conf", environment: environment)
    }

    private func section(_ text: String, environment: [String: String] = [:]) throws -> ConfigurationSection {
        try parse("[a]\n" + text, environment: environment).section("a")
    }

    private func complaint(_ work: () throws -> Void) -> String? {
        do { try work() } catch { return "\(error)" }
        return nil
    }

    @Test func namesAreComparedWithoutCase() throws {
        let configuration = try parse("[Merchant]\nserve = tcp\nPort = 80")
        #expect(try configuration.section("merchant").string("SERVE") == "tcp")
        #expect(try configuration.section("MERCHANT").integer("port", in: 1...65535) == 80)
    }

    @Test func commentsAndEmptyLinesAreSkippedAndQuotesRemoved() throws {
        let section = try section("# one\n\n  % two\nA = \" spaced = value # kept \"\nB=x#y\r\nC =")
        #expect(try section.string("A") == " spaced = value # kept ")
        #expect(try section.string("B") == "x#y")
        #expect(section.optionalString("C") == nil)
        #expect(section.string("C", default: "d") == "d")
    }

    @Test func sectionsWithAPrefixGiveTheirSuffixesInOrderAndAsWritten() throws {
        let configuration = try parse("[merchant-exchange-Kudos]\n[other]\n[MERCHANT-EXCHANGE-b]\n[merchant-exchange-]")
        #expect(configuration.sections(prefix: "merchant-exchange-") == ["Kudos", "b"])
        #expect(configuration.hasSection("OTHER"))
        #expect(!configuration.hasSection("another"))
    }

    @Test(arguments: [
        ("A = 1", "/etc/shop/shop.conf:1: a [section] must come first"),
        ("[a\nA = 1", "/etc/shop/shop.conf:1: a section is written [name]"),
        ("\n[a]\nnonsense", "/etc/shop/shop.conf:3: [a]: an option is written KEY = value"),
        ("[a]\n = 3", "/etc/shop/shop.conf:2: [a]: a key is one word of ASCII characters"),
        ("[a]\nA = \"x", "/etc/shop/shop.conf:2: [a] A: the closing quote is missing"),
        ("[a]\nA = 1\n[b]\n[a]\na = 2", "/etc/shop/shop.conf:5: [a] A: it is set a second time, first in line 2"),
        ("@nonsense@ x", "/etc/shop/shop.conf:1: an included file is written @INLINE@ file"),
        ("@INLINE@ none.conf", "/etc/shop/shop.conf:1: /etc/shop/none.conf: the file cannot be read"),
    ])
    func aFileThatIsWrongIsRefusedWithItsLine(text: String, expected: String) {
        #expect(complaint { _ = try parse(text) } == expected)
    }

    @Test func whatIsMissingIsNamed() throws {
        let configuration = try parse("[a]\nB = 1")
        #expect(complaint { _ = try configuration.section("a").string("C") } == "/etc/shop/shop.conf: [a] C: it is missing")
        #expect(complaint { _ = try configuration.section("z").string("C") } == "/etc/shop/shop.conf: [z] C: it is missing")
    }

    @Test func aMissingKeyIsLookedForAmongTheMisspelt() throws {
        let section = try section("SHOP_NAM = x\nPORT = 1\nPRT = 2")
        let words = "it is missing; is SHOP_NAM in line 2 a misspelling of it?"
        #expect(complaint { _ = try section.string("SHOP_NAME") }?.hasSuffix(words) == true)
        #expect(complaint { _ = try section.string("DB") }?.hasSuffix("it is missing") == true)
        _ = try section.string("PORT")
        #expect(complaint { _ = try section.string("PORTS") }?.hasSuffix("; is PRT in line 4 a misspelling of it?") == true)
    }

    @Test(arguments: [
        ("titel", "title" as String?), ("autor", "author"), ("Stok", "stock"), ("summry", "summary"), ("tx", nil), ("colour", nil),
        ("id", nil),
    ])
    func aMisspellingIsNear(word: String, meant: String?) {
        #expect(Misspelling.nearest(to: word, in: ["id", "title", "author", "stock", "summary", "tax"]) == meant)
    }

    @Test func wrongTypesAreRefusedWithTheirLine() throws {
        let section = try section("N = 70000\nM = 8o\nB = maybe\nT = 3 fortnights\nF = forever\nM1 = EUR:1\nK = ABC\nU = example.com/")
        let place = "/etc/shop/shop.conf:"
        #expect(complaint { _ = try section.integer("N", in: 1...65535) } == place + "2: [a] N: a whole number from 1 to 65535 is needed")
        #expect(complaint { _ = try section.integer("M", in: 1...65535, default: 1) }?.hasPrefix(place + "3: ") == true)
        #expect(complaint { _ = try section.bool("B") } == place + "4: [a] B: YES or NO is needed")
        #expect(complaint { _ = try section.duration("T") }?.hasPrefix(place + "5: ") == true)
        #expect(complaint { _ = try section.duration("F") }?.hasPrefix(place + "6: ") == true)
        #expect(complaint { _ = try section.amount("M1", currency: Currency("KUDOS")) } == place + "7: [a] M1: the amount must be in KUDOS")
        #expect(complaint { _ = try section.bytes("K", as: MasterPublicKey.self) }?.hasPrefix(place + "8: ") == true)
        #expect(complaint { _ = try section.baseURL("U") }?.hasPrefix(place + "9: ") == true)
    }

    @Test func typedValuesAreRead() throws {
        let key = try MasterPublicKey([UInt8](repeating: 7, count: 32))
        let section = try section("Y = yes\nN = NO\nA = KUDOS:1.5\nC = KUDOS\nU = https://example.com/x/\nK = \(key.base32)")
        #expect(try section.bool("Y"))
        #expect(try !section.bool("N"))
        #expect(try section.bool("none", default: true))
        #expect(try section.amount("A") == Amount("KUDOS:1.5"))
        #expect(try section.amount("none", default: Amount("KUDOS:2")) == Amount("KUDOS:2"))
        #expect(try section.currency("C") == Currency("KUDOS"))
        #expect(try section.baseURL("U") == "https://example.com/x/")
        #expect(try section.bytes("K") == key)
    }

    @Test(
        arguments: [
            ("1 day", 86_400_000_000), ("30 s", 30_000_000), ("2 weeks 3 h", 1_220_400_000_000), ("30s", 30_000_000),
            ("5 MIN 1 ms", 300_001_000), ("1 year", 31_536_000_000_000), ("0 s", 0),
        ] as [(String, UInt64)])
    func lengthsOfTimeAreRead(text: String, microseconds: UInt64) throws {
        let section = try section("T = \(text)")
        #expect(try section.relativeTime("T") == RelativeTime(microseconds: microseconds))
        #expect(try section.duration("T") == .microseconds(Int64(microseconds)))
    }

    @Test(arguments: [
        "s", "5", "5 5 s", "-1 s", "1.5 h", "99999999999999999999 s", "18446744073709551615 us", "9999999999999 years", "\" \"",
    ])
    func whatIsNoLengthOfTimeIsRefused(text: String) throws {
        let section = try section("T = \(text)")
        #expect(throws: ConfigurationError.self) { try section.relativeTime("T") }
    }

    @Test func foreverIsALengthOfTime() throws {
        #expect(try section("T = forever").relativeTime("T") == .forever)
    }

    @Test func pathsBeginAtTheFileAndVariablesComeFromPathsThenEnvironment() throws {
        let text = "[PATHS]\nDATA = ${HOME}/data\n[a]\nA = keys/x\nB = /abs\nC = $DATA/db\nD = ${NONE:-/x/$HOME}/e\nE = $NONE\nF = ${DATA"
        let section = try parse(text, environment: ["HOME": "/home/me", "DATA": "/wrong"]).section("a")
        #expect(try section.path("A") == "/etc/shop/keys/x")
        #expect(try section.path("B") == "/abs")
        #expect(try section.path("C") == "/home/me/data/db")
        #expect(try section.path("D") == "/x//home/me/e")
        #expect(try section.optionalPath("none") == nil)
        #expect(
            complaint { _ = try section.path("E") }
                == "/etc/shop/shop.conf:8: [a] E: the variable NONE is neither in [PATHS] nor in the environment")
        #expect(complaint { _ = try section.path("F") } == "/etc/shop/shop.conf:9: [a] F: the brace after $ is not closed")
    }

    @Test func variablesInACircleAreRefused() throws {
        let section = try parse("[PATHS]\nX = $Y\nY = $X\n[a]\nA = $X").section("a")
        #expect(throws: ConfigurationError.self) { try section.path("A") }
    }

    @Test func keysThatNobodyReadAreListedForSectionsThatWereAskedFor() throws {
        let configuration = try parse("[a]\nSERVE = tcp\nPROT = 80\n[b]\nX = 1\n[PATHS]\nP = /p")
        _ = configuration.section("a").optionalString("serve")
        _ = configuration.section("a").optionalString("port")
        #expect(configuration.unusedKeys() == ["/etc/shop/shop.conf:3: [a] PROT"])
    }

    @Test func aFileIncludesAnotherBesideItAndMaySetItsKeysAgain() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("[a]\nA = 1\nB = 2\nP = x".utf8).write(to: folder.appendingPathComponent("base.conf"))
        let file = folder.appendingPathComponent("main.conf").path
        try Data("@INLINE@ base.conf\n[a]\nB = 3".utf8).write(to: URL(fileURLWithPath: file))
        let section = try Configuration.load(file).section("a")
        #expect(try section.string("A") == "1")
        #expect(try section.string("B") == "3")
        #expect(try section.path("P") == folder.appendingPathComponent("x").path)
        try Data("@INLINE@ main.conf".utf8).write(to: URL(fileURLWithPath: file))
        #expect(throws: ConfigurationError.self) { try Configuration.load(file) }
    }

    @Test func aFileThatIsNotThereIsNamed() {
        #expect(throws: ConfigurationError(file: "/nowhere/x.conf", reason: "the file cannot be read")) {
            try Configuration.load("/nowhere/x.conf")
        }
    }

    @Test func variablesThatMultiplyAreRefused() throws {
        // Each names the next one ten times, and the last is empty: 10^9 replacements, and nothing comes out.
        let lines = (0..<9).map { "V\($0) = " + String(repeating: "${V\($0 + 1):-}", count: 10) }
        let configuration = try Configuration.parse(
            "[paths]\n\(lines.joined(separator: "\n"))\n[s]\nP = $V0\n", file: "f", environment: [:])
        let error = try #require(throws: ConfigurationError.self) { try configuration.section("s").path("P") }
        #expect(error.reason.contains("more than 1000 replacements"))
    }
}
