// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import HTTPCore
@testable import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import TestSupport
import Testing

/// Who may bring situations about, how they are said, and that they can be switched off.
@Suite struct SituationTests {
    let situations = Situations()

    /// A visitor of the page, with its token and cookie.
    struct Visitor {
        let fixture: Fixture
        let token: String
        let cookie: String

        init(_ fixture: Fixture) async throws {
            self.fixture = fixture
            let answer = await fixture.get("/situations/list")
            token = try #require(try answer.json()["token"]?.stringValue)
            cookie = try #require(answer.fields["Set-Cookie"]?.split(separator: ";").first.map(String.init))
        }

        func post(
            _ form: String, to target: String = "/situations", token: String? = nil, cookie: String? = nil,
            fields: HTTPFields = HTTPFields()
        ) async throws -> Response {
            var fields = fields
            fields["Cookie"] = cookie ?? self.cookie
            let body = "\(form)&token=\(token ?? self.token)"
            return await fixture.service.handler.handle(try #require(Request(.post, target, fields: fields, body: Array(body.utf8))))
        }
    }

    private func visitor() async throws -> Visitor { try await Visitor(Fixture(situations: situations)) }

    // MARK: On and off

    @Test(arguments: ["/situations", "/situations/list", "/situations/style.css", "/moved/config"])
    func thereIsNothingUnlessTheyAreSwitchedOn(target: String) async throws {
        let fixture = try await Fixture()
        #expect(await fixture.get(target).status == 404)
        #expect(await fixture.post("/situations", body: Array("name=down".utf8)).status == 404)
        #expect(!fixture.service.routes.contains { $0.pattern.hasPrefix("/situations") })
        let config = await fixture.get("/config")
        #expect(try config.json()["implementation"] == "urn:net:taler:specs:taler-exchange:sandbox")
        #expect(config.fields["Sandbox-Situations"] == nil)
    }

    @Test func theConfigurationSaysThatTheyAreOnAndWhichHold() async throws {
        let fixture = try await Fixture(situations: situations)
        #expect(try await fixture.get("/config").json()["implementation"] == "urn:net:taler:specs:taler-exchange:sandbox:situations")
        try situations.set(SituationOrder(.spent))
        try situations.set(SituationOrder(.kyc))
        let config = await fixture.get("/config")
        #expect(try config.json()["implementation"] == "urn:net:taler:specs:taler-exchange:sandbox:situations:kyc+spent")
        #expect(config.fields["Sandbox-Situations"] == "kyc, spent")
        #expect(await fixture.get("/").text.contains("Situations are switched on"))
        #expect(await fixture.get("/keys").fields["Sandbox-Situations"] == "kyc, spent")
        #expect(fixture.service.routes.contains { $0.pattern == "/situations" })
    }

    @Test func noCacheKeepsWhatASituationHasMadeWrong() async throws {
        let fixture = try await Fixture(situations: situations)
        let usual = await fixture.get("/keys").fields["Cache-Control"]
        #expect(usual?.contains("max-age") == true)
        for (name, endpoint) in [(SituationName.denominationsExpired, SituationEndpoint.keys), (.moved, .keys), (.noJSON, .keys)] {
            var order = SituationOrder(name)
            order.endpoints = [endpoint]
            if name == .moved { order.status = 308 }
            try situations.set(order)
            #expect(await fixture.get("/keys").fields["Cache-Control"] == "no-store", "\(name)")
            situations.clear()
            #expect(await fixture.get("/keys").fields["Cache-Control"] == usual)
        }
    }

    @Test func theNewPlaceIsTheSameExchange() async throws {
        let fixture = try await Fixture(situations: situations)
        #expect(await fixture.get("/moved/keys").body == fixture.get("/keys").body)
        #expect(await fixture.get("/moved").status == 404)
        #expect(await fixture.get("/moved/situations").status == 404)
        #expect(await fixture.get("/moved/moved/keys").status == 404)
    }

    // MARK: Who may

    @Test func theFormOfThePageIsTaken() async throws {
        let visitor = try await visitor()
        let page = await visitor.fixture.get("/situations", fields: ["Cookie": visitor.cookie])
        #expect(page.status == 200)
        #expect(page.text.contains("value=\"\(visitor.token)\""))
        #expect(page.fields["Set-Cookie"] == nil)
        for name in SituationName.allCases { #expect(page.text.contains("<code>\(name.rawValue)</code>")) }
        let browser: HTTPFields = [
            "Accept": "text/html,application/xhtml+xml", "Origin": "http://exchange.test", "Sec-Fetch-Site": "same-origin",
        ]
        let answer = try await visitor.post("name=slow&time=3s&count=2&endpoint=deposit&account=&merchant=", fields: browser)
        #expect(answer.status == 303)
        #expect(answer.fields["Location"] == "situations?set=1")
        let situation = try #require(situations.active.first)
        #expect(situation.text == "slow: 3s; only deposit; 2 more requests")
        let after = await visitor.fixture.get("/situations?set=1", fields: ["Cookie": visitor.cookie])
        #expect(after.text.contains("Set: slow: 3s; only deposit; 2 more requests."))
        let cleared = try await visitor.post("id=1", to: "/situations/clear", fields: browser)
        #expect(cleared.fields["Location"] == "../situations?cleared=1")
        #expect(situations.active.isEmpty)
    }

    @Test func whatIsWrongInTheFormIsSaidOnThePage() async throws {
        let visitor = try await visitor()
        let answer = try await visitor.post("name=clock&time=yesterday", fields: ["Accept": "text/html"])
        #expect(answer.status == 400)
        #expect(answer.text.contains("The clock is wrong: A length of time"))
        #expect(answer.fields["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(situations.active.isEmpty)
    }

    @Test(arguments: [
        ("Origin", "http://evil.test"), ("Origin", "null"), ("Origin", "http://exchange.test.evil.test"),
        ("Origin", "https://exchange.test"),
        ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Site", "none"),
    ])
    func aFormOfAnotherSiteIsNot(field: String, value: String) async throws {
        let visitor = try await visitor()
        for target in ["/situations", "/situations/clear"] {
            let answer = try await visitor.post("name=down", to: target, fields: HTTPFields([field: value]))
            #expect(answer.status == 403)
        }
        #expect(situations.active.isEmpty)
    }

    @Test func aTokenHoldsForItsOwnSessionOnly() async throws {
        let visitor = try await visitor()
        let other = try await Visitor(visitor.fixture)
        #expect(try await visitor.post("name=down", token: other.token).status == 403)
        #expect(try await visitor.post("name=down", token: "").status == 403)
        #expect(try await visitor.post("name=down", cookie: "").status == 403)
        #expect(try await visitor.post("name=down", cookie: "exchange-situations=made.up").status == 403)
        #expect(situations.active.isEmpty)
        #expect(try await visitor.post("name=down").status == 200)
        #expect(situations.active.count == 1)
    }

    @Test func otherSitesScriptsCannotReadTheToken() async throws {
        let fixture = try await Fixture(situations: situations)
        for target in ["/situations", "/situations/list"] {
            let answer = await fixture.get(target, fields: ["Origin": "http://evil.test"])
            #expect(answer.fields["Access-Control-Allow-Origin"] == nil)
            #expect(answer.fields["Cross-Origin-Resource-Policy"] == "same-origin")
            #expect(answer.fields["Cache-Control"] == "no-store")
        }
        #expect(await fixture.get("/config").fields["Access-Control-Allow-Origin"] == "*")
    }

    // MARK: What can be asked for

    @Test(arguments: [
        "", "name=", "name=nothing", "name=slow&time=101s", "name=slow&time=-1s", "name=slow&time=soon", "name=slow&count=0",
        "name=slow&count=-1", "name=slow&count=many", "name=slow&count=99999999999999999999", "name=slow&endpoint=nowhere",
        "name=slow&status=500", "name=failing&status=200", "name=failing&status=x", "name=moved&status=301", "name=moved&to=ftp://a/",
        "name=moved&to=http://a/%20b", "name=moved&to=javascript:1", "name=down&to=http://a/", "name=down&account=nobody",
        "name=down&account=payto://", "name=down&merchant=nobody", "name=kyc&endpoint=keys", "name=clock&time=101y",
        "name=clock&time=9223372036854775807y", "name=clock&time=%2F", "name=slow%ZZ",
    ])
    func whatMakesNoSenseIsRefused(form: String) async throws {
        let answer = try await visitor().post(form)
        #expect(answer.status == 400)
        #expect(answer.code == 26)
        #expect(situations.active.isEmpty)
    }

    @Test func keysThatEndSoonNeedTheOfflineKey() async throws {
        let answer = try await visitor().post("name=keys-expiring&time=10m")
        #expect(answer.status == 409)
        #expect(situations.active.isEmpty)
    }

    @Test func whatEndsByItselfIsListedUntilThenAndCannotBeCleared() async throws {
        let visitor = try await visitor()
        let end = visitor.fixture.clock.now().advanced(bySeconds: 600)
        try situations.set(SituationOrder(.keysExpiring), until: end)
        try situations.set(SituationOrder(.down))
        let answer = try await visitor.post("", to: "/situations/clear").json()
        #expect(answer["count"] == .integer(1))
        #expect(answer["text"]?.stringValue?.contains("cannot be cleared: keys-expiring: 10m; until \(HTTPDate.text(end))") == true)
        #expect(await visitor.fixture.get("/situations/list").text.contains("ends by itself"))
        #expect(await visitor.fixture.get("/situations").text.contains("ends by itself"))
        visitor.fixture.clock.advance(bySeconds: 600)
        let list = await visitor.fixture.get("/situations/list")
        #expect(!list.text.contains("ends by itself"))
        let later = try await visitor.post("name=keys-expiring", to: "/situations/clear").json()
        #expect(later["text"] == .string("0 cleared: no such situation holds"))
    }

    @Test func slowAndSilentTogetherWaitNoLongerThanOne() async throws {
        let waits = Mutex<[Duration]>([])
        let situations = Situations { time in waits.withLock { $0.append(time) } }
        let fixture = try await Fixture(situations: situations)
        var slow = SituationOrder(.slow)
        slow.seconds = 70
        try situations.set(slow)
        try situations.set(SituationOrder(.silent))
        #expect(await fixture.get("/keys").isUnanswered)
        let times = waits.withLock { $0 }
        #expect(times == [.seconds(70), .seconds(30)])
    }

    @Test func whatIsNotThereIsAnsweredWithWhatIs() async throws {
        let visitor = try await visitor()
        let name = try await visitor.post("name=nothing").json()["hint"]?.stringValue
        #expect(SituationName.allCases.allSatisfy { name?.contains($0.rawValue) == true })
        let endpoint = try await visitor.post("name=slow&endpoint=nowhere").json()["hint"]?.stringValue
        #expect(SituationEndpoint.allCases.allSatisfy { endpoint?.contains($0.rawValue) == true })
    }

    @Test func tooManyAtOnceAreRefused() async throws {
        let visitor = try await visitor()
        for _ in 0..<Situations.maximumCount { #expect(try await visitor.post("name=kyc").status == 200) }
        #expect(try await visitor.post("name=kyc").status == 409)
        #expect(try await visitor.post("", to: "/situations/clear").json()["count"] == .integer(Int64(Situations.maximumCount)))
        #expect(try await visitor.post("name=kyc").status == 200)
    }

    @Test func whatPeopleWriteStaysText() async throws {
        let visitor = try await visitor()
        #expect(try await visitor.post("name=moved&to=http%3A%2F%2Fa%2F%3Cscript%3E%22%27").status == 200)
        let page = await visitor.fixture.get("/situations")
        #expect(page.text.contains("&lt;script&gt;&quot;&#39;"))
        #expect(!page.text.contains("<script>"))
    }

    @Test func anOrderIsReadAsItIsWritten() throws {
        for name in SituationName.allCases {
            var order = SituationOrder(name)
            order.count = 3
            order.account = .random()
            order.merchant = EdDSAPrivateKey().publicKey()
            if name.takesEndpoints { order.endpoints = [.keys, .deposit] }
            if name.parameters.contains(.url) { order.url = "https://elsewhere.test/" }
            if name.parameters.contains(.carriedOut) { order.isCarriedOut = true }
            let text = order.form.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
            #expect(try SituationOrder(#require(Query(encoded: text))) == order)
        }
    }

    @Test(arguments: [("90", 90), ("90s", 90), ("5m", 300), ("2 h", 7200), ("-3d", -259_200), ("1y", 31_536_000), ("0", 0)])
    func lengthsOfTimeAreRead(text: String, seconds: Int64) {
        #expect(SituationLength.seconds(text) == seconds)
        #expect(SituationLength.seconds(SituationLength.text(seconds)) == seconds)
    }

    // MARK: What requests meet

    @Test func everyEndpointIsKnownByItsRequests() throws {
        let requests: [(SituationEndpoint?, HTTPMethod, String)] = [
            (.config, .get, "/config"), (.keys, .get, "/keys?last_issue_date=1"), (.reserve, .get, "/reserves/R"),
            (.reserve, .get, "/reserves/R/history"), (.withdraw, .post, "/reserves/R/batch-withdraw"), (.deposit, .post, "/batch-deposit"),
            (.track, .get, "/deposits/a/b/c/d"), (.transfer, .get, "/transfers/W"), (.refund, .post, "/coins/C/refund"),
            (.history, .get, "/coins/C/history"), (.history, .get, "/coin/C/history"), (.melt, .post, "/coins/C/melt"),
            (.reveal, .post, "/refreshes/R/reveal"), (.link, .get, "/coins/C/link"), (.kyc, .get, "/kyc-check/H"),
            (.kyc, .post, "/kyc-upload/I"), (nil, .get, "/"), (nil, .get, "/terms"), (nil, .get, "/coins"),
        ]
        for (endpoint, method, target) in requests {
            #expect(SituationEndpoint(try #require(Request(method, target))) == endpoint, "\(target)")
        }
    }

    @Test func ofTwoAnswersTheFirstCounts() async throws {
        let fixture = try await Fixture(situations: situations)
        var failing = SituationOrder(.failing)
        failing.count = 1
        try situations.set(failing)
        var down = SituationOrder(.down)
        down.count = 1
        try situations.set(down)
        #expect(await fixture.get("/keys").status == 500)
        #expect(await fixture.get("/keys").isUnanswered)
        #expect(await fixture.get("/keys").status == 200)
    }

    @Test func aPauseThatIsCutOffAnswersNothing() async throws {
        let situations = Situations { _ in throw CancellationError() }
        let fixture = try await Fixture(situations: situations)
        try situations.set(SituationOrder(.slow))
        #expect(await fixture.get("/keys").isUnanswered)
    }

    @Test func withdrawalsMeetThemToo() async throws {
        let fixture = try await Fixture(situations: situations)
        try situations.set(SituationOrder(.denominationsExpired))
        await #expect(throws: FixtureError.self) { try await fixture.coin() }
        situations.clear()
        _ = try await fixture.coin(row: 2)
    }
}
