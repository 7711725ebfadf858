// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import ExchangeAPI
import ExchangeFixture
import HTTPCore
import MerchantAPI
import MerchantStore
import TalerCrypto
import TalerWire
import Testing

struct TrackingTests {
    /// A payment that its exchange has wired, or will.
    static func paid(wired: Bool = true, coins: [(String, String)] = [("0.64", "0.4"), ("0.16", "0.12")]) async throws -> PaidContract {
        let paid = try await PaidContract(coins: coins)
        if wired { try await paid.wire() }
        return paid
    }

    // MARK: By payment

    @Test func beforeTheDeadlineTheExchangesPlanIsTold() async throws {
        let paid = try await Self.paid(wired: false)
        let answer = await paid.track()
        #expect(answer.status == 202)
        let pending: TransactionPending = try answer.json().decode()
        #expect(pending.exchange == "http://exchange.test/")
        #expect(pending.coinPub == paid.coins[0].pub)
        #expect(pending.isKYCOK)
        #expect(pending.transfers.isEmpty)
        #expect(pending.details["execution_time"] != nil)
        // The coins of one batch go together: one question is enough.
        #expect(paid.questions == 1)
    }

    @Test func afterTheTransferItsCoinsAreToldByTransfer() async throws {
        let paid = try await Self.paid()
        let answer = await paid.track()
        #expect(answer.status == 200)
        let transfers: [TrackedTransfer] = try answer.json().decode()
        let transfer = try #require(transfers.first)
        #expect(transfers.count == 1)
        #expect(transfer.transferID == paid.merchant.exchange.gateway.transfers.first?.transferID)
        #expect(transfer.coins.map(\.coinPub) == paid.coins.map(\.pub))
        #expect(transfer.coins.map(\.amountWithFee) == [amount("0.4"), amount("0.12")])
        #expect(transfer.coins.map(\.depositFee) == [amount("0.01"), amount("0.01")])
        #expect(try answer.json().arrayValue?.first?["execution_time"]?.stringValue?.hasPrefix("/Date(") == true)
    }

    @Test func whatWasSignedOnceIsNotAskedAgain() async throws {
        let paid = try await Self.paid()
        let first = await paid.track()
        #expect(paid.questions == 2)
        #expect(await paid.track() == first)
        #expect(paid.questions == 2)
        let coins = try await paid.merchant.store.intents(of: paid.stored()).flatMap(\.coins)
        #expect(coins.allSatisfy { $0.wire != nil })
    }

    @Test func aRefundedCoinIsNotAwaited() async throws {
        let paid = try await PaidContract(price: "0.5", coins: [("0.64", "0.5")])
        #expect(try await paid.refunded("0.5").givenAmount == amount("0.5"))
        #expect(await paid.track() == Response(json: []))
        #expect(paid.questions == 0)
    }

    @Test func unknownAndUnpaidTransactionsAreNotFound() async throws {
        let merchant = try await Merchant()
        _ = try await merchant.contract()
        for id in [1, 2] {
            let answer = await merchant.send(.get, "/track/transaction?id=\(id)")
            #expect((answer.status, answer.code) == (404, 2005))
        }
    }

    @Test(arguments: [("", 25), ("?id=", 26), ("?id=one", 26), ("?id=-1", 26), ("?id=9007199254740992", 26)])
    func aBadIDIsNamed(query: String, code: Int) async throws {
        let answer = try await Merchant().send(.get, "/track/transaction\(query)")
        #expect((answer.status, answer.code) == (400, code))
        #expect(try answer.json()["detail"] == "id")
    }

    @Test func anExchangeThatIsNotThereIsNotMistakenForNoTransfer() async throws {
        let paid = try await Self.paid()
        for (fault, status, code) in [(FaultySender.Fault.unreachable, 502, 2012), (.timeout, 504, 2011), (.answerLost, 502, 2012)] {
            paid.planForQuestion(fault)
            let answer = await paid.track()
            #expect((answer.status, answer.code) == (status, code))
        }
        #expect(await paid.track().status == 200)
    }

    @Test func aRedirectIsFollowedAtTheSameOriginOnly() async throws {
        let paid = try await Self.paid()
        let id = try #require(paid.merchant.exchange.gateway.transfers.first?.transferID)
        for place in ["http://evil.test/transfers/\(id)", "https://exchange.test/transfers/\(id)"] {
            paid.merchant.wire.plan(.instead(Response(status: 307, fields: ["Location": place])), for: "/transfers/\(id)")
            #expect(await paid.merchant.trackTransfer(id).status == 502)
        }
        #expect(paid.merchant.wire.count(containing: "evil") == 0)
        paid.merchant.wire.plan(.instead(Response(status: 307, fields: ["Location": "/transfers/\(id)"])), for: "/transfers/\(id)")
        #expect(await paid.merchant.trackTransfer(id).status == 200)
    }

    @Test func theExchangesRefusalIsPassedOn() async throws {
        let paid = try await Self.paid()
        paid.planForQuestion(.instead(Response(status: 403, json: ["code": 1106, "hint": "no"])))
        let answer = await paid.track()
        #expect((answer.status, answer.code) == (424, 2100))
        #expect(try answer.json()["exchange-code"] == 1106)
        #expect(try answer.json()["exchange-http-status"] == 403)
        #expect(try answer.json()["details"]?["hint"] == "no")
        #expect(try answer.json()["coin_pub"] == paid.coins[0].pub.json)
    }

    @Test(arguments: ["wtid", "execution_time", "coin_contribution", "exchange_pub", "exchange_sig"])
    func aLieAboutACoinIsNotBelieved(member: String) async throws {
        let paid = try await Self.paid()
        paid.planForQuestion(.changed { Lie.about(member, in: $0) })
        let answer = await paid.track()
        #expect((answer.status, answer.code) == (502, 2013))
        #expect(try await paid.merchant.store.intents(of: paid.stored()).flatMap(\.coins).allSatisfy { $0.wire == nil })
        #expect(await paid.track().status == 200)
    }

    @Test func aSignedLieAboutACoinIsKeptAsEvidence() async throws {
        let paid = try await Self.paid()
        let signer = try await Lie.signer()
        let account = try await paid.merchant.store.account(id: paid.stored().accountID)
        let statement = WireConfirmation(
            wireHash: account.wireHash, contractHash: paid.contract.contractHash, wireTransferID: .zero, coinPub: paid.coins[0].pub,
            executionTime: SharedKeys.start, coinContribution: amount("0.01"))
        let lie = DepositWired(
            wireTransferID: .zero, executionTime: SharedKeys.start, coinContribution: amount("0.01"),
            exchangePub: signer.publicKey(), exchangeSignature: signer.sign(statement))
        paid.planForQuestion(.instead(try .json(lie)))
        let answer = await paid.track()
        #expect((answer.status, answer.code) == (424, 2553))
        #expect(try await paid.report().conflicts.map(\.kind) == ["contradiction"])
    }

    @Test func aListWithoutTheCoinThatWasToldIsAConflict() async throws {
        let paid = try await Self.paid()
        let second = try await PaidContract(paid.merchant, transactionID: 2)
        // The second payment's coin is said to be in the first one's transfer.
        let id = try #require(paid.merchant.exchange.gateway.transfers.first?.transferID)
        #expect(await paid.merchant.trackTransfer(id).status == 200)
        let signer = try await Lie.signer()
        let account = try await paid.merchant.store.account(id: second.stored().accountID)
        let contribution = amount("0.49")
        let statement = WireConfirmation(
            wireHash: account.wireHash, contractHash: second.contract.contractHash, wireTransferID: id, coinPub: second.coins[0].pub,
            executionTime: SharedKeys.start, coinContribution: contribution)
        second.planForQuestion(
            .instead(
                try .json(
                    DepositWired(
                        wireTransferID: id, executionTime: SharedKeys.start, coinContribution: contribution,
                        exchangePub: signer.publicKey(), exchangeSignature: signer.sign(statement)))))
        let answer = await second.track()
        #expect((answer.status, answer.code) == (424, 2553))
        #expect(try answer.json()["transaction_tracking_claim"]?["wtid"] == id.json)
        #expect(try answer.json()["wtid_tracking_claim"]?["total"] != nil)
        #expect(try await paid.report().conflicts.map(\.kind) == ["not_listed"])
    }

    // MARK: By transfer

    @Test func aTransferIsTheExchangesOwnAnswerAndAskedOnce() async throws {
        let paid = try await Self.paid()
        let id = try #require(paid.merchant.exchange.gateway.transfers.first?.transferID)
        let answer = await paid.merchant.trackTransfer(id)
        #expect(answer.status == 200)
        let details: TransferDetails = try answer.json().decode()
        #expect(details.total == amount("0.49"))
        #expect(Set(details.deposits.map(\.depositValue)) == [amount("0.4"), amount("0.12")])
        #expect(await paid.merchant.trackTransfer(id) == answer)
        #expect(paid.merchant.wire.count("/transfers/\(id)") == 1)
        // The list is word enough about its coins.
        #expect(await paid.track().status == 200)
        #expect(paid.questions == 0)
    }

    @Test func refundsAreTakenOffInTheListAndInTheBooks() async throws {
        let paid = try await PaidContract(price: "1", coins: [("1.28", "1"), ("0.64", "0.2")])
        #expect(try await paid.refunded("0.7").givenAmount == amount("0.7"))
        try await paid.wire()
        let id = try #require(paid.merchant.exchange.gateway.transfers.first?.transferID)
        #expect(await paid.merchant.trackTransfer(id).status == 200)
        let order = try await paid.order()
        #expect(order.transfers?.map(\.transferID) == [id])
        #expect(order.state == .wired)
    }

    @Test(arguments: [
        ("", 25, "wtid"), ("?exchange=http://exchange.test/", 25, "wtid"), ("?wtid=XYZ&exchange=http://exchange.test/", 26, "wtid"),
        ("?wtid=\(WireTransferID.zero)", 25, "exchange"), ("?wtid=\(WireTransferID.zero)&exchange=http://other.test/", 2025, "exchange"),
        ("?wtid=\(WireTransferID.zero)&exchange=http://exchange.test.evil/", 2025, "exchange"),
    ])
    func badParametersOfATransferAreNamed(query: String, code: Int, name: String) async throws {
        let merchant = try await Merchant()
        let answer = await merchant.send(.get, "/track/transfer\(query)")
        #expect((answer.status, answer.code) == (400, code))
        #expect(try answer.json()["detail"]?.stringValue == name)
        #expect(merchant.wire.count("") == 0)
    }

    @Test func aTransferThatTheExchangeDoesNotKnowIsItsRefusal() async throws {
        let answer = try await Merchant().trackTransfer(.zero)
        #expect((answer.status, answer.code) == (424, 2551))
        #expect(try answer.json()["exchange-code"] == 1451)
        #expect(try answer.json()["exchange-http-status"] == 404)
    }

    @Test(arguments: [
        "total", "wire_fee", "merchant_pub", "h_payto", "execution_time", "exchange_pub", "exchange_sig", "h_contract_terms", "coin_pub",
        "deposit_value", "deposit_fee", "dropped deposit", "repeated deposit",
    ])
    func aLieAboutATransferIsNotBelieved(member: String) async throws {
        let paid = try await Self.paid()
        let id = try #require(paid.merchant.exchange.gateway.transfers.first?.transferID)
        paid.merchant.wire.plan(.changed { Lie.about(member, in: $0) }, for: "/transfers/\(id)")
        let answer = await paid.merchant.trackTransfer(id)
        #expect((answer.status, answer.code) == (502, 2013))
        #expect(try await paid.merchant.store.transfer(id, exchangeURL: "http://exchange.test/") == nil)
        #expect(await paid.merchant.trackTransfer(id).status == 200)
        #expect(try await paid.report().conflictCount == 0)
    }

    @Test(arguments: SignedLie.allCases)
    func aSignedLieAboutATransferIsAConflictWithItsPlace(lie: SignedLie) async throws {
        let paid = try await Self.paid()
        let id = try #require(paid.merchant.exchange.gateway.transfers.first?.transferID)
        let signer = try await Lie.signer()
        paid.merchant.wire.plan(.changed { lie.told(instead: $0, by: signer) }, for: "/transfers/\(id)")
        let answer = await paid.merchant.trackTransfer(id)
        #expect((answer.status, answer.code) == (424, lie == .wireFee ? 2554 : 2553))
        #expect(try answer.json()["conflict"]?.stringValue == lie.kind)
        #expect(try answer.json()["conflict_offset"]?.integerValue == lie.offset)
        #expect(try answer.json()["exchange_transfer_proof"]?["exchange_sig"] != nil)
        if lie == .value || lie == .fee {
            #expect(try answer.json()["transaction_id"] == 1)
            // The exchange lists coins in an order of its own.
            let isFirst = try answer.json()["coin_pub"] == paid.coins[0].pub.json
            #expect(try answer.json()["amount_with_fee"] == amount(isFirst ? "0.4" : "0.12").json)
        }
        #expect(try await paid.report().conflicts.map(\.kind) == [lie.kind])
        #expect(try await paid.order().transfers == nil)
        #expect(await paid.merchant.trackTransfer(id).status == 200)
        #expect(try await paid.report().conflicts.isEmpty)
    }

    @Test func aTransferOfSomebodyElseIsNotOurs() async throws {
        let paid = try await Self.paid()
        let id = try #require(paid.merchant.exchange.gateway.transfers.first?.transferID)
        let other = try await Merchant(exchange: paid.merchant.exchange)
        let answer = await other.trackTransfer(id)
        #expect((answer.status, answer.code) == (424, 2553))
        #expect(try answer.json()["conflict"] == "other_account")
    }
}
