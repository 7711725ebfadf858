// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire
import TestSupport
import Testing

@Suite struct ReserveHistoryTests {
    @Test func whatCameInAndWhatWasWithdrawnIsToldMemberByMember() async throws {
        let (fixture, reserve) = try await withdrawnFrom()
        let response = await fixture.history(of: reserve)
        #expect(response.status == 200)
        #expect(response.fields["Content-Type"] == "application/json")
        #expect(response.fields["Cache-Control"] == "no-cache")
        let body = try response.json()
        #expect(body.objectValue?.names == ["balance", "history"])
        let entries = try #require(body["history"]?.arrayValue)
        #expect(entries.map { $0["type"] } == ["CREDIT", "WITHDRAW", "WITHDRAW"])
        #expect(entries.first?.objectValue?.names == ["type", "timestamp", "sender_account_url", "wire_reference", "amount"])
        #expect(entries.first?["wire_reference"] == 7)
        #expect(entries.first?["sender_account_url"] == "payto://x-taler-bank/bank.test/alice?receiver-name=Alice")
        #expect(
            entries.last?.objectValue?.names == ["type", "reserve_sig", "h_coin_envelope", "h_denom_pub", "withdraw_fee", "amount"])
    }

    @Test func theBalanceIsWhatTheSignedEntriesAddUpTo() async throws {
        let (fixture, reserve) = try await withdrawnFrom()
        let message: ReserveHistoryResponse = try await fixture.history(of: reserve).json().decode()
        var left = amount("0")
        for entry in message.history {
            switch entry {
            case .credit(let credit):
                #expect(credit.timestamp == fixture.clock.now())
                left = try left.adding(credit.amount)
            case .withdraw(let coin):
                let denomination = try #require(
                    try await SharedKeys.records.denominations.first { $0.hash == coin.denominationHash })
                #expect(coin.withdrawFee == denomination.feeWithdraw)
                #expect(try coin.amount == denomination.value.adding(denomination.feeWithdraw))
                let statement = WithdrawRequest(
                    amountWithFee: coin.amount, denominationHash: coin.denominationHash, coinEnvelopeHash: coin.coinEnvelopeHash)
                #expect(statement.isValid(coin.reserveSignature, by: reserve.publicKey(as: ReservePublicKey.self)))
                left = try left.subtracting(coin.amount)
            case .other(let entry): Issue.record("\(entry)")
            }
        }
        #expect(message.balance == left)
        #expect(message.history.count == 3)
        let other: JSONValue = ["type": "MERGE", "amount": "KUDOS:1"]
        #expect(try ReserveHistoryEntry.other(other) == other.decode())
        #expect(try JSONValue(encoding: ReserveHistoryEntry.other(other)) == other)
    }

    @Test func onlyWhatIsNewIsToldAndNothingThatIsKnown() async throws {
        let (fixture, reserve) = try await withdrawnFrom()
        let all: ReserveHistoryResponse = try await fixture.history(of: reserve).json().decode()
        let tag = try #require(await fixture.history(of: reserve).fields["ETag"])
        let last = try #require(UInt64(tag.filter { $0 != "\"" }))
        let tail = await fixture.history(of: reserve, after: last - 1)
        #expect(tail.fields["ETag"] == tag)
        let message: ReserveHistoryResponse = try tail.json().decode()
        #expect(message == ReserveHistoryResponse(balance: all.balance, history: Array(all.history.suffix(1))))
        for start in [last, .max] {
            let nothing = await fixture.history(of: reserve, after: start)
            #expect(nothing.status == 204)
            #expect(nothing.body.isEmpty)
        }
        #expect(await fixture.history(of: reserve, known: tag).status == 304)
        // Another reserve's money changes nothing here.
        _ = try await fixture.fundedReserve(amount("3"), row: 8)
        #expect(await fixture.history(of: reserve, known: tag).status == 304)
        let credit = ReserveCredit(bankRow: 9, reserve: reserve.publicKey(), amount: amount("1"), origin: "payto://test/a", date: .zero)
        for _ in 1...2 { _ = try await fixture.store.record([credit], account: "test", cursor: 9) }
        let grown = await fixture.history(of: reserve, after: last, known: tag)
        #expect(grown.status == 200)
        #expect(try grown.json()["history"]?.arrayValue?.count == 1)
        #expect(try grown.member("balance") == all.balance.adding(amount("1")))
    }

    @Test func onlyTheReservesOwnerIsAnswered() async throws {
        let (fixture, reserve) = try await withdrawnFrom()
        let pub: ReservePublicKey = reserve.publicKey()
        let signatures = [
            EdDSAPrivateKey().sign(ReserveHistoryRequest(startOffset: 0)), reserve.sign(ReserveHistoryRequest(startOffset: 1)),
            reserve.sign(CoinHistoryRequest(startOffset: 0)),
        ]
        for signature in signatures {
            let response = await fixture.get("/reserves/\(pub)/history", fields: ["Taler-Reserve-History-Signature": "\(signature)"])
            #expect(response.status == 403)
            #expect(response.code == 1252)
        }
    }

    @Test func anUnknownReserveAndAMalformedQuestionAreRefused() async throws {
        let (fixture, reserve) = try await withdrawnFrom()
        let unknown = await fixture.history(of: EdDSAPrivateKey())
        #expect(unknown.status == 404)
        #expect(unknown.code == 1027)
        let path = "/reserves/\(reserve.publicKey(as: ReservePublicKey.self))/history"
        let missing = await fixture.get(path)
        #expect(missing.status == 400)
        #expect(missing.code == 25)
        #expect(await fixture.get(path, fields: ["Taler-Reserve-History-Signature": "XYZ"]).code == 26)
        #expect(await fixture.get("\(path)?start=-1").code == 26)
        #expect(await fixture.get("/reserves/XYZ/history").code == 27)
    }

    /// A reserve of 10 that two coins were withdrawn from.
    private func withdrawnFrom() async throws -> (Fixture, EdDSAPrivateKey) {
        let fixture = try await Fixture()
        let reserve = try await fixture.fundedReserve(amount("10"), row: 7)
        let planchets = try [
            TestPlanchet(try await fixture.denomination(amount("5.12"))), TestPlanchet(try await fixture.denomination(amount("0.64"))),
        ]
        let request = BatchWithdrawRequest(planchets: planchets.map { $0.signed(by: reserve) })
        // The same batch again is no second withdrawal.
        for _ in 1...2 { #expect(try await fixture.post(reserve.withdrawPath, request).status == 200) }
        return (fixture, reserve)
    }
}

extension Fixture {
    /// Asked by the reserve's owner.
    fileprivate func history(of reserve: EdDSAPrivateKey, after start: UInt64 = 0, known tag: String? = nil) async -> Response {
        var fields: HTTPFields = ["Taler-Reserve-History-Signature": "\(reserve.sign(ReserveHistoryRequest(startOffset: start)))"]
        if let tag { fields["If-None-Match"] = tag }
        let path = "/reserves/\(reserve.publicKey(as: ReservePublicKey.self))/history"
        return await get(path + (start == 0 ? "" : "?start=\(start)"), fields: fields)
    }
}
