// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import MerchantCore
import TalerCrypto
import TalerWire
import Testing

struct TransferRulesTests {
    static let id = WireTransferID.random()
    static let other = WireTransferID.random()

    @Test(arguments: [
        "\(id) https://exchange.example/", "\(id) https://exchange.example", "  \(id)\thttps://exchange.example/ Shop-1",
        "payment \(id) of https://exchange.example/", "https://exchange.example/ \(id)",
    ])
    func aSubjectNamesTransferAndExchange(subject: String) throws {
        let found = try #require(PayoutSubject(subject))
        #expect(found.transferID == Self.id)
        #expect(found.exchangeURL == "https://exchange.example/")
    }

    @Test func aSubjectNeedNotNameTheExchange() throws {
        #expect(try #require(PayoutSubject("\(Self.id)")).exchangeURL == nil)
        #expect(try #require(PayoutSubject("\(Self.id) ftp://exchange.example/")).exchangeURL == nil)
    }

    @Test(arguments: ["", "rent for May", "https://exchange.example/", String("\(id)".dropLast()), "\(id)0"])
    func aSubjectOfSomebodyElseNamesNothing(subject: String) { #expect(PayoutSubject(subject) == nil) }

    static func booked(
        refunded: String = "0", atMost: String? = nil, listedIn: WireTransferID? = nil, claimedFor: WireTransferID? = nil
    ) -> BookedDeposit {
        BookedDeposit(
            contribution: amount("5"), depositFee: amount("0.01"), refunded: amount(refunded), refundedAtMost: amount(atMost ?? refunded),
            listedIn: listedIn, claimedFor: claimedFor)
    }

    static func listed(_ value: String = "5", fee: String = "0.01", refund: String? = nil) -> ListedDeposit {
        ListedDeposit(
            contractHash: .zero, coinPub: .zero, value: amount(value), fee: amount(fee), refundTotal: refund.map { amount($0) })
    }

    @Test(arguments: [
        (listed(), booked()), (listed(), booked(listedIn: id, claimedFor: id)), (listed("2", refund: "3"), booked(refunded: "3")),
        (listed("2"), booked(refunded: "3")), (listed("2", refund: "3"), booked(refunded: "0", atMost: "4")),
        (listed("0", fee: "0", refund: "5"), booked(refunded: "5")), (listed("0", refund: "5"), booked(refunded: "5")),
    ])
    func whatAgreesAgrees(listed: ListedDeposit, booked: BookedDeposit) {
        #expect(listed.disagreement(with: booked, in: Self.id, hidesRefunds: false) == nil)
    }

    @Test(arguments: [
        (listed(), nil, "unknown_deposit"), (listed(), booked(listedIn: other), "other_transfer"),
        (listed(), booked(claimedFor: other), "other_transfer"), (listed("4.99"), booked(), "other_value"),
        (listed("5.01"), booked(), "other_value"), (listed(fee: "0.02"), booked(), "other_fee"), (listed(fee: "0"), booked(), "other_fee"),
        (listed("2", refund: "2"), booked(refunded: "3"), "other_refund"), (listed(), booked(refunded: "3"), "other_value"),
        (listed("1", refund: "4"), booked(refunded: "3"), "other_value"), (listed("5", refund: "1"), booked(), "other_refund"),
    ])
    func whatDisagreesIsNamed(listed: ListedDeposit, booked: BookedDeposit?, kind: String) throws {
        let reason = try #require(listed.disagreement(with: booked, in: Self.id, hidesRefunds: false))
        #expect(TransferConflict(reason).kind == kind)
    }

    @Test func oldExchangesListValuesBeforeRefunds() {
        let booked = Self.booked(refunded: "3")
        #expect(Self.listed().disagreement(with: booked, in: Self.id, hidesRefunds: true) == nil)
        #expect(Self.listed("2").disagreement(with: booked, in: Self.id, hidesRefunds: true) != nil)
    }

    @Test func aCoinThatIsListedTwiceIsAConflict() {
        let list = [Self.listed(), Self.listed()]
        #expect(throws: TransferConflict(.listedTwice, offset: 1, deposit: list[1])) {
            try TransferComparison.check(list, of: Self.id, hidesRefunds: false, booked: [Self.booked(), Self.booked()])
        }
    }

    @Test func aShareIsValuesLessFeesAndNeverNegative() throws {
        let currency = SharedKeys.currency
        #expect(
            try TransferComparison.share(of: [(amount("5"), amount("0.01")), (amount("2"), amount("0.01"))], in: currency) == amount("6.98")
        )
        #expect(try TransferComparison.share(of: [(amount("0"), amount("0.01"))], in: currency).isZero)
        #expect(try TransferComparison.share(of: [], in: currency).isZero)
    }

    @Test func questionsAreAskedAtGrowingDistances() {
        #expect([1, 2, 3, 9, 10, 1000].map(InquiryDelay.seconds) == [60, 120, 240, 15_360, 21_600, 21_600])
        #expect(InquiryDelay.seconds(after: 0) == 60)
    }
}
