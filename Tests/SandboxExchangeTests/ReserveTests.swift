// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import Logging
@testable import SandboxExchange
import Synchronization
import TalerCrypto
import TalerWire
import Testing
import TestSupport

@Suite struct ReserveTests {
    @Test func moneyThatArrivesAtTheBankIsInTheReserve() async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        fixture.gateway.add(.reserve(reserve, row: 7, amount("5")))
        fixture.gateway.add(.reserve(reserve, row: 9, amount("2.5")))
        #expect(try await fixture.service.readBankOnce() == 2)
        let response = await fixture.get("/reserves/\(reserve)")
        #expect(response.status == 200)
        #expect(try response.member("balance") == amount("7.5"))
        #expect(try response.json()["last_origin"] == "payto://x-taler-bank/bank.test/alice?receiver-name=Alice")
    }

    @Test func aTransferIsBookedOnce() async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        let credit = ReserveCredit(bankRow: 4, reserve: reserve, amount: amount("1"), origin: "payto://test/a", date: .zero)
        #expect(try await fixture.store.record([credit, credit], account: "a", cursor: 4).credited == [reserve])
        #expect(try await fixture.store.record([credit], account: "a", cursor: 4).credited == [])
        #expect(try await fixture.store.reserve(reserve)?.balance == amount("1"))
        // The same row of another account is another transfer.
        #expect(try await fixture.store.record([credit], account: "b", cursor: 4).credited == [reserve])
        #expect(try await fixture.store.reserve(reserve)?.balance == amount("2"))
    }

    @Test func theCursorNeverGoesBack() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.store.record([], account: "a", cursor: 9)
        _ = try await fixture.store.record([], account: "a", cursor: 4)
        #expect(try await fixture.store.bankCursor(account: "a") == 9)
        #expect(try await fixture.store.bankCursor(account: "b") == 0)
    }

    @Test func transfersThatCannotBeBookedDoNotStopTheOthers() async throws {
        let fixture = try await Fixture()
        let (rich, poor): (ReservePublicKey, ReservePublicKey) = (EdDSAPrivateKey().publicKey(), EdDSAPrivateKey().publicKey())
        fixture.gateway.add(.reserve(rich, row: 1, try Amount("KUDOS:4503599627370496")))
        fixture.gateway.add(.reserve(rich, row: 2, try Amount("EUR:1")))
        fixture.gateway.add(
            IncomingTransaction(
                purpose: .other("WAD"), rowID: 3, date: .zero, amount: amount("1"), debitAccount: "payto://x-taler-bank/b/a"))
        fixture.gateway.add(.reserve(poor, row: 4, amount("1")))
        #expect(try await fixture.service.readBankOnce() == 4)
        #expect(await fixture.get("/reserves/\(rich)").status == 404)
        #expect(await fixture.get("/reserves/\(poor)").status == 200)
        #expect(try await fixture.service.readBankOnce() == 0)
    }

    @Test func anUnknownReserveIs404Code1027() async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        for query in ["", "?timeout_ms=0", "?timeout_ms=1"] {
            let response = await fixture.get("/reserves/\(reserve)\(query)")
            #expect(response.status == 404)
            #expect(response.code == 1027)
        }
        #expect(fixture.service.bells.reserves.listenerCount == 0)
    }

    @Test(arguments: ["short", "", "U-", String(repeating: "0", count: 53)])
    func aMalformedReserveKeyIs400Code27(_ key: String) async throws {
        let fixture = try await Fixture()
        let response = await fixture.get("/reserves/\(key)")
        #expect(response.status == 400)
        #expect(response.code == 27)
    }

    @Test(arguments: ["-1", "x", "1.5", ""])
    func aMalformedTimeoutIs400Code26(_ timeout: String) async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        let response = await fixture.get("/reserves/\(reserve)?timeout_ms=\(timeout)")
        #expect(response.status == 400)
        #expect(response.code == 26)
    }

    @Test func whoWaitsForAReserveIsToldWhenTheMoneyArrives() async throws {
        let fixture = try await Fixture()
        let (reserve, other): (ReservePublicKey, ReservePublicKey) = (EdDSAPrivateKey().publicKey(), EdDSAPrivateKey().publicKey())
        async let answer = fixture.get("/reserves/\(reserve)?timeout_ms=99999999999999999999")
        while fixture.service.bells.reserves.listenerCount == 0 { await Task.yield() }
        fixture.gateway.add(.reserve(other, row: 1, amount("1")))
        try await fixture.service.readBankOnce()
        #expect(fixture.service.bells.reserves.listenerCount == 1)
        fixture.gateway.add(.reserve(reserve, row: 2, amount("3")))
        try await fixture.service.readBankOnce()
        #expect(try await answer.member("balance") == amount("3"))
        #expect(fixture.service.bells.reserves.listenerCount == 0)
    }

    @Test func aStoppedServiceLetsNobodyWait() async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        async let answer = fixture.get("/reserves/\(reserve)?timeout_ms=60000")
        while fixture.service.bells.reserves.listenerCount == 0 { await Task.yield() }
        fixture.service.stop()
        #expect(await answer.status == 404)
        #expect(await fixture.get("/reserves/\(reserve)?timeout_ms=60000").status == 404)
        // The feed does not start any more either.
        await fixture.service.run()
    }

    @Test func theFeedEndsWhenTheServiceStops() async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        fixture.gateway.add(.reserve(reserve, row: 1, amount("1")))
        let service = fixture.service
        let run = Task { await service.run() }
        #expect(await fixture.get("/reserves/\(reserve)?timeout_ms=60000").status == 200)
        service.stop()
        await run.value
    }

    @Test func aBankThatIsDownIsAskedAgainAndComplainedAboutOnce() async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        fixture.gateway.add(.reserve(reserve, row: 1, amount("1")))
        fixture.gateway.fail(5)
        let pauses = Mutex<[Duration]>([])
        let log = LogRecorder()
        let feed = ReserveFeed(
            store: fixture.store,
            gateway: WireGatewayClient(
                baseURL: "http://bank.test/", credentials: BankCredentials(username: "exchange", password: "secret"),
                sender: InProcessSender([("http://bank.test/", fixture.gateway)])),
            account: SharedKeys.account, bell: ChangeBell(), logger: log.logger,
            pause: { pause in
                let count = pauses.withLock { pauses in
                    pauses.append(pause)
                    return pauses.count
                }
                // The sixth is the rest after an empty answer.
                if count == 6 { throw CancellationError() }
            })
        await feed.run()
        #expect(try await fixture.store.reserve(reserve)?.balance == amount("1"))
        #expect(log.lines == ["warning the bank's history cannot be read", "notice the bank answers again"])
        let taken = pauses.withLock { $0 }
        for (index, pause) in taken.prefix(5).enumerated() {
            let longest = Duration.seconds(1 << index)
            #expect(pause <= longest && pause >= longest / 2)
        }
    }

    @Test func theFeedReadsALongHistoryPieceByPiece() async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        for row in 1...300 { fixture.gateway.add(.reserve(reserve, row: Int64(row), amount("0.01"))) }
        #expect(try await fixture.service.readBankOnce() == 256)
        #expect(try await fixture.service.readBankOnce() == 44)
        #expect(try await fixture.store.reserve(reserve)?.balance == amount("3"))
    }

    @Test func whatTheBankKeepsDoesNotArrive() async throws {
        let fixture = try await Fixture()
        let reserve: ReservePublicKey = EdDSAPrivateKey().publicKey()
        var row = IncomingTransaction.reserve(reserve, row: 1, amount("1"))
        row.creditFee = amount("0.25")
        fixture.gateway.add(row)
        try await fixture.service.readBankOnce()
        #expect(try await fixture.store.reserve(reserve)?.balance == amount("0.75"))
    }
}

/// Keeps level and text of what is logged.
final class LogRecorder: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }
    var logger: Logger { Logger(label: "test", factory: { _ in Handler(recorder: self) }) }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recorder.kept.withLock { $0.append("\(event.level) \(event.message)") }
        }
    }
}
