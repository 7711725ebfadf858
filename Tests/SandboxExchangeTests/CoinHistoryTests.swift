// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire
import TestSupport
import TestVectors
import Testing

@Suite struct CoinHistoryTests {
    let purchase = TestPurchase()

    @Test func depositAndRefundsAreToldMemberByMemberAsARealExchangeDoes() async throws {
        let (fixture, coin) = try await refundedTwice()
        let response = await fixture.history(of: coin)
        let theirs = try #require(try Transcript.json("protocol23/87-coin-history")["response"])
        #expect(response.status == Int(theirs["status"]?.integerValue ?? 0))
        #expect(response.fields["Content-Type"] == theirs["headers"]?["Content-Type"]?.stringValue)
        #expect(response.fields["Cache-Control"] == theirs["headers"]?["Cache-Control"]?.stringValue)
        let (ours, real) = (try response.json(), try #require(theirs["body"]))
        #expect(ours.objectValue?.names == real.objectValue?.names)
        let (entries, realEntries) = (try #require(ours["history"]?.arrayValue), try #require(real["history"]?.arrayValue))
        #expect(entries.map { $0["type"] } == realEntries.map { $0["type"] })
        #expect(entries.map { $0.objectValue?.names } == realEntries.map { $0.objectValue?.names })
        #expect(entries.map { $0["rtransaction_id"] } == realEntries.map { $0["rtransaction_id"] })
    }

    @Test func theHistoryOfARealExchangeIsReadAndWrittenWithoutLoss() throws {
        let body = try #require(try Transcript.json("protocol23/87-coin-history")["response"]?["body"])
        let message: CoinHistoryResponse = try body.decode()
        #expect(try JSONValue(encoding: message) == body)
        #expect(message.history.count == 3)
        let other: JSONValue = ["type": "RECOUP", "reserve_pub": "X"]
        #expect(try CoinHistoryEntry.other(other) == other.decode())
        #expect(try JSONValue(encoding: CoinHistoryEntry.other(other)) == other)
    }

    @Test func everySignatureInTheHistoryCanBeCheckedFromIt() async throws {
        let (fixture, coin) = try await refundedTwice()
        let message: CoinHistoryResponse = try await fixture.history(of: coin).json().decode()
        #expect(message.denominationHash == coin.denomination.hash)
        // 0.64 paid, 0.2 and 0.1 come back, less 0.01 each.
        #expect(message.balance == amount("0.28"))
        guard message.history.count == 3, case .deposit(let deposit) = message.history[0], case .refund(let first) = message.history[1],
            case .refund(let second) = message.history[2]
        else {
            Issue.record("a deposit and two refunds: \(message.history)")
            return
        }
        let statement = DepositRequest(
            contractHash: deposit.contractHash, ageCommitmentHash: .zero, policyHash: .zero, wireHash: deposit.wireHash,
            denominationHash: message.denominationHash, walletTimestamp: deposit.timestamp,
            refundDeadline: deposit.refundDeadline ?? .zero, amountWithFee: deposit.amount, depositFee: deposit.depositFee,
            merchantPub: deposit.merchantPub, walletDataHash: .zero)
        #expect(statement.isValid(deposit.coinSignature, by: coin.pub))
        #expect([first.amount, second.amount] == [amount("0.19"), amount("0.09")])
        for refund in [first, second] {
            let statement = RefundRequest(
                contractHash: refund.contractHash, coinPub: coin.pub, refundTransactionID: refund.refundTransactionID,
                refundAmount: try refund.amount.adding(refund.refundFee))
            #expect(statement.isValid(refund.merchantSignature, by: refund.merchantPub))
        }
    }

    @Test func onlyWhatCameAfterTheStartIsTold() async throws {
        let (fixture, coin) = try await refundedTwice()
        let all: CoinHistoryResponse = try await fixture.history(of: coin).json().decode()
        let last = try #require(await fixture.lastNumber(of: coin))
        // Another coin's events do not belong here.
        let other = try await fixture.coin(row: 2)
        #expect(try await fixture.deposit(TestPurchase().request([other])).status == 200)
        #expect(await fixture.lastNumber(of: coin) == last)
        let tail = await fixture.history(of: coin, after: last - 1)
        #expect(tail.status == 200)
        #expect(tail.fields["ETag"] == "\"\(last)\"")
        let message: CoinHistoryResponse = try tail.json().decode()
        #expect(message.history == Array(all.history.suffix(1)))
        #expect(message.balance == all.balance)
        for start in [last, last + 1, .max] {
            let nothing = await fixture.history(of: coin, after: start)
            #expect(nothing.status == 204)
            #expect(nothing.body.isEmpty)
            #expect(nothing.fields["ETag"] == "\"\(last)\"")
        }
    }

    @Test func aHistoryThatIsKnownIsNotSentAgainUntilItGrows() async throws {
        let (fixture, coin) = try await refundedTwice()
        let tag = try #require(await fixture.history(of: coin).fields["ETag"])
        for known in [tag, "W/\(tag)", tag.filter { $0 != "\"" }] {
            let unchanged = await fixture.history(of: coin, known: known)
            #expect(unchanged.status == 304)
            #expect(unchanged.body.isEmpty)
            #expect(unchanged.fields["ETag"] == tag)
        }
        #expect(await fixture.history(of: coin, known: "\"0\"").status == 200)
        #expect(try await fixture.deposit(TestPurchase().request([(coin, amount("0.05"))])).status == 200)
        let grown = await fixture.history(of: coin, known: tag)
        #expect(grown.status == 200)
        #expect(grown.fields["ETag"] != tag)
        let message: CoinHistoryResponse = try grown.json().decode()
        #expect(message.history.count == 4)
        #expect(message.balance == amount("0.23"))
    }

    @Test func repeatsAndRefusalsLeaveNoTrace() async throws {
        let (fixture, coin) = try await refundedTwice()
        let before = await fixture.history(of: coin)
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"), id: 1)).status == 200)
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.3"), id: 1)).status == 424)
        #expect(try await fixture.deposit(TestPurchase().request([coin])).code == 1012)
        #expect(await fixture.history(of: coin) == before)
    }

    @Test func aDepositWithoutRefundsNamesNoRefundDeadline() async throws {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        var final = purchase
        final.refundDeadline = nil
        #expect(try await fixture.deposit(final.request([coin])).status == 200)
        let entry = try await fixture.history(of: coin).json()["history"]?.arrayValue?.first
        #expect(entry?["type"] == "DEPOSIT")
        #expect(entry?.objectValue?.names.contains("refund_deadline") == false)
    }

    @Test func theDocumentsOtherAddressAnswersTheSame() async throws {
        let (fixture, coin) = try await refundedTwice()
        #expect(await fixture.history(of: coin, at: "coin") == fixture.history(of: coin))
        #expect(await fixture.get("/coin/XYZ/history").code == 1004)
    }

    @Test func onlyTheCoinsOwnerIsAnswered() async throws {
        let (fixture, coin) = try await refundedTwice()
        let stranger = EdDSAPrivateKey()
        let signatures = [
            stranger.sign(CoinHistoryRequest(startOffset: 0)), coin.key.sign(CoinHistoryRequest(startOffset: 1)),
            coin.key.sign(ReserveHistoryRequest(startOffset: 0)),
        ]
        for signature in signatures {
            let response = await fixture.get("/coins/\(coin.pub)/history", fields: ["Taler-Coin-History-Signature": "\(signature)"])
            #expect(response.status == 403)
            #expect(response.code == 1251)
        }
    }

    @Test func aRealWalletsQuestionIsUnderstoodThoughItsCoinIsUnknownHere() async throws {
        let request = try #require(try Transcript.json("protocol23/87-coin-history")["request"])
        let url = try #require(request["url"]?.stringValue)
        let coin = try #require(url.split(separator: "/").dropLast().last)
        let signature = try #require(request["headers"]?["Taler-Coin-History-Signature"]?.stringValue)
        let fixture = try await Fixture()
        let response = await fixture.get("/coins/\(coin)/history", fields: ["Taler-Coin-History-Signature": signature])
        #expect(response.status == 404)
        #expect(response.code == 1019)
        // The signature is for all of it.
        let later = await fixture.get("/coins/\(coin)/history?start=1", fields: ["Taler-Coin-History-Signature": signature])
        #expect(later.status == 403)
    }

    @Test func aMalformedQuestionIsRefused() async throws {
        let (fixture, coin) = try await refundedTwice()
        let path = "/coins/\(coin.pub)/history"
        let signature = coin.key.sign(CoinHistoryRequest(startOffset: 0))
        let fields: HTTPFields = ["Taler-Coin-History-Signature": "\(signature)"]
        let missing = await fixture.get(path)
        #expect(missing.status == 400)
        #expect(missing.code == 25)
        #expect(await fixture.get(path, fields: ["Taler-Coin-History-Signature": "XYZ"]).code == 26)
        let malformed = await fixture.get("/coins/XYZ/history", fields: fields)
        #expect(malformed.status == 400)
        #expect(malformed.code == 1004)
        for start in ["", "-1", "+0", "0x1", "18446744073709551616"] {
            let response = await fixture.get("\(path)?start=\(start)", fields: fields)
            #expect(response.status == 400, "\(start)")
            #expect(response.code == 26, "\(start)")
        }
        #expect(await fixture.get("\(path)?start=0", fields: fields).status == 200)
    }

    /// A coin of 0.64 that has paid, and got 0.2 and 0.1 back.
    private func refundedTwice() async throws -> (Fixture, TestCoin) {
        let fixture = try await Fixture()
        let coin = try await fixture.coin()
        #expect(try await fixture.deposit(purchase.request([coin])).status == 200)
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.2"), id: 1)).status == 200)
        #expect(try await fixture.refund(coin.pub, purchase.refund(coin.pub, amount("0.1"), id: 2)).status == 200)
        return (fixture, coin)
    }
}

extension Fixture {
    /// Asked by the coin's owner.
    fileprivate func history(of coin: TestCoin, after start: UInt64 = 0, known tag: String? = nil, at root: String = "coins") async
        -> Response
    {
        var fields: HTTPFields = ["Taler-Coin-History-Signature": "\(coin.key.sign(CoinHistoryRequest(startOffset: start)))"]
        if let tag { fields["If-None-Match"] = tag }
        return await get("/\(root)/\(coin.pub)/history" + (start == 0 ? "" : "?start=\(start)"), fields: fields)
    }

    fileprivate func lastNumber(of coin: TestCoin) async -> UInt64? {
        await history(of: coin).fields["ETag"].flatMap { UInt64($0.filter { $0 != "\"" }) }
    }
}
