// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import Logging
@testable import SandboxExchange
import TalerCrypto
import TalerWire
import TestSupport
import TestVectors

/// A sandbox exchange that offers what the recorded one offered, at its time, with keys of its own.
struct MirrorExchange {
    let master = EdDSAPrivateKey()
    let store: ExchangeStore
    let service: ExchangeService
    let gateway = FakeGateway()
    let clock: FixedClock
    let server: LiveServer
    let recorded: [DenominationHash: RecordedDenomination]
    /// By the hash of the recorded one.
    let denominations: [DenominationHash: DenominationRecord]

    init() async throws {
        let keys = try Transcript.json("protocol23/02-keys")["response"]?["body"] ?? .null
        let account = try PaytoURI(json: keys["accounts"]?.arrayValue?.first?["payto_uri"] ?? .null)
        let start = try Timestamp(json: keys["list_issue_date"] ?? .null)
        let currency = try Currency("KUDOS")
        store = try ExchangeStore.inMemory(currency: currency)
        try await store.bind(to: master.publicKey())
        let signer = OfflineSigner(key: master, masterPub: master.publicKey(), store: store, schedule: Self.schedule)
        var records = KeyRecords(signingKeys: [try signer.signingKey(from: start)], accounts: [try signer.account(account)])
        for year in Year.spanning(start, seconds: KeySchedule.year) {
            records.wireFees.append(try signer.wireFee(method: account.method, year))
            records.globalFees.append(try signer.globalFee(year))
        }
        let (originals, master) = (try RecordedDenomination.all(), master)
        let counterparts = try await WorkerPool().map(originals) { try $0.counterpart(signedBy: master) }
        records.denominations = counterparts
        try await store.add(records)
        recorded = Dictionary(uniqueKeysWithValues: originals.map { ($0.terms.hash, $0) })
        denominations = Dictionary(uniqueKeysWithValues: zip(originals, counterparts).map { ($0.terms.hash, $1) })
        clock = FixedClock(start.advanced(bySeconds: 3))
        service = try await ExchangeService(
            configuration: ExchangeConfiguration(
                baseURL: "http://exchange.test", currency: currency, account: account, databasePath: "", masterKeyPath: "",
                wireGateway: Fixture.configuration().wireGateway), store: store,
            sender: InProcessSender([("http://bank.test/", gateway)]), clock: clock,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        server = try LiveServer(service.handler)
    }

    /// Longer than any recorded denomination.
    private static var schedule: KeySchedule {
        var schedule = KeySchedule.standard
        schedule.signing = 20 * KeySchedule.year
        return schedule
    }

    func move(to time: Timestamp) {
        let distance = Int64(time.seconds ?? 0) - Int64(clock.now().seconds ?? 0)
        if distance > 0 { clock.advance(bySeconds: distance) }
    }

    /// Takes a recorded denomination's counterpart out of use.
    func revoke(_ recorded: DenominationHash) async throws {
        guard let hash = denominations[recorded]?.hash else { return }
        let signature = master.sign(DenominationRevocation(denominationHash: hash))
        _ = try await store.change(KeyChange(revokedDenominations: [hash: signature]), at: clock.now())
        try await service.reloadKeys()
    }

    func stop() async {
        service.stop()
        await server.stop()
    }

    /// Withdraws a coin of each denomination for each key.
    func withdraw(_ wanted: [(key: EdDSAPrivateKey, denomination: DenominationRecord)]) async throws -> [DenominationSignature] {
        guard !wanted.isEmpty else { return [] }
        let reserve = EdDSAPrivateKey()
        var transaction = IncomingTransaction.reserve(reserve.publicKey(), row: gateway.nextRow, try Amount("KUDOS:10000"))
        transaction.date = clock.now()
        gateway.add(transaction)
        try await service.readBankOnce()
        let planchets = try wanted.map { try TestPlanchet($0.denomination, coin: $0.key) }
        let body = BatchWithdrawRequest(planchets: planchets.map { $0.signed(by: reserve) })
        let response = try await server.send(.post, reserve.withdrawPath, body: try JSONValue(encoding: body).serialized())
        guard response.status == 200 else { throw FixtureError.refused(response.text) }
        let answer: BatchWithdrawResponse = try response.json().decode()
        return try zip(planchets, answer.envelopeSignatures).map { planchet, signature in
            try planchet.coin(try BlindedSignature(json: signature.signature)).signature
        }
    }
}
