// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import SandboxBank
import TalerWire
import TestSupport
import Testing

@Suite struct WireGatewayTests {
    private let base = "/accounts/exchange/taler-wire-gateway/"

    private func reserve(_ number: UInt8) throws -> ReservePublicKey { try ReservePublicKey([UInt8](repeating: number, count: 32)) }

    @Test func itTellsWhatItIs() async throws {
        let bank = try await TestBank()
        #expect(
            try await bank.gateway().config()
                == WireGatewayConfig(
                    version: "3:0:3", name: "taler-wire-gateway", currency: "KUDOS", implementation: "urn:net:taler:specs:bank:sandbox"))
        let config = try await bank.client.config()
        #expect(
            config.currency == "KUDOS" && config.suggestedExchange == "https://exchange.example/" && config.registerBonus == "KUDOS:100")
    }

    @Test func onlyTheAccountsOwnerMayLookAndAct() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        for (method, path) in [
            (HTTPMethod.get, "config"), (.get, "history/incoming?delta=1"), (.get, "history/outgoing?delta=1"), (.post, "transfer"),
            (.post, "admin/add-incoming"), (.post, "admin/add-kycauth"), (.get, "transfers"), (.get, "transfers/1"),
        ] {
            #expect(try await bank.send(method, base + path).refusal == "401 / 40")
            #expect(try await bank.send(method, base + path, as: alice).refusal == "401 / 40")
        }
        #expect(try await bank.send(.get, "/accounts/nobody/taler-wire-gateway/config", as: alice).refusal == "404 / 5106")
    }

    @Test func incomingRowsArePagedInBothOrders() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        for number in 1...3 as ClosedRange<UInt8> {
            _ = try await bank.client.withdraw(Amount("KUDOS:1"), to: reserve(number), credentials: alice)
        }
        func keys(_ start: Int64?, _ delta: Int) async throws -> [IncomingTransaction.Purpose] {
            try await bank.gateway().incoming(start: start, delta: delta)?.transactions.map(\.purpose) ?? []
        }
        let rows = try #require(try await bank.gateway().incoming(delta: 9)).transactions
        #expect(rows.map(\.purpose) == [.reserve(try reserve(1)), .reserve(try reserve(2)), .reserve(try reserve(3))])
        #expect(try await keys(rows[0].rowID, 1) == [.reserve(try reserve(2))])
        #expect(try await keys(nil, -2) == [.reserve(try reserve(3)), .reserve(try reserve(2))])
        #expect(try await keys(rows[1].rowID, -5) == [.reserve(try reserve(1))])
        #expect(try await bank.gateway().incoming(start: rows[2].rowID, delta: 5) == nil)
    }

    @Test func theJSONHasTheMembersOfTheDocument() async throws {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        _ = try await bank.client.withdraw(Amount("KUDOS:1"), to: reserve(1), credentials: alice)
        let json = try await bank.send(.get, base + "history/incoming?delta=1", as: TestBank.exchange).json()
        let row = try #require(json["incoming_transactions"]?.arrayValue?.first?.objectValue)
        #expect(row.names == ["type", "row_id", "date", "amount", "debit_account", "reserve_pub"])
        #expect(row["date"] == ["t_s": 1_700_000_000])
        #expect(row["type"] == "RESERVE")
    }

    @Test(arguments: ["", "?delta=0", "?delta=1&start=-", "?delta=1&long_poll_ms=soon"])
    func aBadQueryIs400(query: String) async throws {
        let bank = try await TestBank()
        for history in ["history/incoming", "history/outgoing"] {
            #expect(try await bank.send(.get, base + history + query, as: TestBank.exchange).status == 400)
        }
    }

    /// An exchange with 50 KUDOS and a merchant.
    private func scene() async throws -> (bank: TestBank, order: TransferRequest) {
        let bank = try await TestBank()
        let alice = try await bank.customer()
        _ = try await bank.customer("shop")
        _ = try await bank.client.withdraw(Amount("KUDOS:50"), to: reserve(1), credentials: alice)
        let order = TransferRequest(
            requestUID: try HashCode([UInt8](repeating: 5, count: 64)), amount: try Amount("KUDOS:20"),
            exchangeBaseURL: "https://exchange.example/", transferID: try WireTransferID([UInt8](repeating: 6, count: 32)),
            creditAccount: "payto://x-taler-bank/bank.example:8082/shop?receiver-name=shop")
        return (bank, order)
    }

    @Test func aTransferIsCarriedOutOnceAndListedOnBothSides() async throws {
        let (bank, order) = try await scene()
        let first = try await bank.gateway().transfer(order)
        bank.clock.advance(bySeconds: 60)
        #expect(try await bank.gateway().transfer(order) == first)
        #expect(try await bank.balance("shop") == "KUDOS:120")
        let outgoing = try #require(try await bank.gateway().outgoing(delta: 5))
        #expect(outgoing.debitAccount == TestBank.exchangePayto)
        #expect(
            outgoing.transactions == [
                OutgoingTransaction(
                    rowID: first.rowID, date: first.timestamp, amount: order.amount, creditAccount: order.creditAccount,
                    transferID: order.transferID, exchangeBaseURL: order.exchangeBaseURL)
            ])
        let shop = BankCredentials(username: "shop", password: "shop's password")
        let json = try await bank.send(.get, "/accounts/shop/taler-revenue/history?delta=-1", as: shop).json()
        let revenue = try json.decode(as: RevenueHistory.self)
        #expect(revenue.transactions.first?.subject == "\(order.transferID) https://exchange.example/")
        #expect(revenue.transactions.first?.debitAccount == TestBank.exchangePayto)
        #expect(try await bank.send(.get, "/accounts/shop/taler-revenue/config", as: shop).json()["name"] == "taler-revenue")
        #expect(try await bank.send(.get, "/accounts/shop/taler-revenue/history?delta=1", as: TestBank.exchange).status == 401)
    }

    @Test func theMetadataEndTheSubject() async throws {
        let (bank, order) = try await scene()
        var named = order
        named.metadata = "shop:17"
        _ = try await bank.gateway().transfer(named)
        let shop = BankCredentials(username: "shop", password: "shop's password")
        let row = try await bank.client.history(delta: -1, credentials: shop).first
        #expect(row?.subject == "\(order.transferID) https://exchange.example/ shop:17")
        for bad in ["", "a b", String(repeating: "x", count: 41)] {
            named.metadata = bad
            await #expect(throws: BankClientError.self) { try await bank.gateway().transfer(named) }
        }
    }

    private func refusal(_ work: () async throws -> Void) async -> String? {
        do { try await work() } catch BankClientError.refused(let status, let refusal) {
            return "\(status) / \(refusal?.ec ?? 0)"
        } catch { return "\(error)" }
        return nil
    }

    @Test func aRequestIDUsedForAnotherTransferIs409() async throws {
        let (bank, order) = try await scene()
        _ = try await bank.gateway().transfer(order)
        var changed = order
        changed.amount = try Amount("KUDOS:1")
        #expect(await refusal { _ = try await bank.gateway().transfer(changed) } == "409 / 5112")
        changed = order
        changed.exchangeBaseURL = "https://other.example/"
        #expect(await refusal { _ = try await bank.gateway().transfer(changed) } == "409 / 5112")
        #expect(try await bank.balance("shop") == "KUDOS:120")
    }

    @Test func aTransferThatCannotBeIsRefused() async throws {
        let (bank, order) = try await scene()
        var changed = order
        changed.amount = try Amount("KUDOS:51")
        #expect(await refusal { _ = try await bank.gateway().transfer(changed) } == "409 / 5102")
        changed.amount = try Amount("EUR:1")
        #expect(await refusal { _ = try await bank.gateway().transfer(changed) } == "409 / 30")
        changed = order
        changed.creditAccount = "payto://x-taler-bank/bank.example:8082/nobody?receiver-name=x"
        #expect(await refusal { _ = try await bank.gateway().transfer(changed) } == "404 / 5106")
        changed = order
        changed.exchangeBaseURL = "https://exchange.example/ more"
        #expect(await refusal { _ = try await bank.gateway().transfer(changed) } == "400 / 26")
        #expect(try await bank.gateway().outgoing(delta: 5) == nil)
    }

    @Test func aTestsOwnIncomingTransferTakesEachReserveOnce() async throws {
        let bank = try await TestBank()
        _ = try await bank.customer()
        let alice = "payto://x-taler-bank/bank.example:8082/alice?receiver-name=alice"
        let request = AddIncomingRequest(amount: try Amount("KUDOS:1"), reservePublicKey: try reserve(9), debitAccount: alice)
        let response = try await bank.gateway().addIncoming(request)
        #expect(await refusal { _ = try await bank.gateway().addIncoming(request) } == "409 / 5114")
        var changed = request
        changed.debitAccount = "nonsense"
        #expect(await refusal { _ = try await bank.gateway().addIncoming(changed) } == "400 / 24")
        changed = request
        changed.amount = try Amount("EUR:1")
        changed.reservePublicKey = try reserve(8)
        #expect(await refusal { _ = try await bank.gateway().addIncoming(changed) } == "409 / 30")
        let key = try MerchantPublicKey([UInt8](repeating: 3, count: 32))
        _ = try await bank.gateway().addAccountKey(
            AddAccountKeyRequest(amount: Amount("KUDOS:1"), accountPublicKey: key, debitAccount: alice))
        let rows = try #require(try await bank.gateway().incoming(delta: 5)).transactions
        #expect(rows.map(\.purpose) == [.reserve(try reserve(9)), .accountKey(key)])
        #expect(rows.first?.rowID == response.rowID)
    }

    @Test func whoPaysForATestMayBeNamedWithoutReceiverName() async throws {
        let bank = try await TestBank()
        _ = try await bank.customer()
        let alice = "payto://x-taler-bank/bank.example:8082/alice"
        _ = try await bank.gateway().addIncoming(
            AddIncomingRequest(amount: try Amount("KUDOS:1"), reservePublicKey: try reserve(9), debitAccount: alice))
        let key = try MerchantPublicKey([UInt8](repeating: 3, count: 32))
        _ = try await bank.gateway().addAccountKey(
            AddAccountKeyRequest(amount: Amount("KUDOS:1"), accountPublicKey: key, debitAccount: alice))
        #expect(try await bank.balance("alice") == "KUDOS:98")
    }

    @Test func customersCannotLetOthersPayThem() async throws {
        let bank = try await TestBank()
        let mallory = try await bank.customer("mallory")
        _ = try await bank.customer()
        for (path, member) in [("admin/add-incoming", "reserve_pub"), ("admin/add-kycauth", "account_pub")] {
            let body = """
                {"amount": "KUDOS:1", "\(member)": "\(try reserve(7).base32)",
                "debit_account": "payto://x-taler-bank/\(TestBank.host)/alice?receiver-name=alice"}
                """
            #expect(try await bank.send(.post, "/accounts/mallory/taler-wire-gateway/" + path, body, as: mallory).refusal == "409 / 5127")
        }
        #expect(try await bank.balance("alice") == "KUDOS:100")
        #expect(try await bank.balance("mallory") == "KUDOS:100")
    }
}
