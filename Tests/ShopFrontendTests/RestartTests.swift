// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPCore
import MerchantAPI
@testable import ShopFrontend
import ShopStore
import TalerWire
import TestSupport
import Testing

func temporaryDatabase() -> String { NSTemporaryDirectory() + "shop-\(UUID().uuidString).sqlite" }

/// A shop that is killed, or restored from an older copy of its database, takes no money twice and keeps none that it has to give back.
struct RestartTests {
    private let path = temporaryDatabase()
    private let backend = FakeBackend()
    private let clock: FixedClock

    init() throws { clock = FixedClock(try Timestamp(seconds: 1_800_000_000)) }

    /// The shop as it is after a start, with what is in the file.
    private func start(at path: String? = nil) throws -> ShopBench {
        try ShopBench(catalog: try SampleCatalog.make(), store: try ShopStore.open(at: path ?? self.path), backend: backend, clock: clock)
    }

    /// A copy of the database as a backup has it.
    private func copy() throws -> String {
        let copy = temporaryDatabase()
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
        }
        return copy
    }

    private func settleEverything(_ bench: ShopBench) async {
        for _ in 0..<6 {
            clock.advance(bySeconds: 3600)
            await bench.shop.settlement.round()
        }
    }

    /// Every unit of money that the backend has taken is either for a paid order or goes back, and no stock is lost or sold twice.
    private func checkBooks(_ bench: ShopBench) async throws {
        let paid = backend.read { state in state.states.filter { $0.value.isPaid }.map(\.key) }
        let refunded = Set(backend.read { $0.refundOrders.compactMap(\.contractHash) })
        var sold = 0
        for hash in paid {
            let offer = try #require(try await bench.store.offer(hash))
            switch offer.state {
            case .paid:
                #expect(!refunded.contains(hash))
                sold += 1
            case .surplus: #expect(refunded.contains(hash))
            case .offered, .paying: Issue.record("the shop does not know of a payment that settled")
            }
        }
        let stock = try await bench.stock("zine")
        #expect(stock.held == 0)
        #expect(stock.sold == sold)
    }

    /// What the backend has when the shop dies in the middle of a payment.
    @Test(arguments: [OrderStatus.State.offered, .paying, .paid, .refused, .expired], [false, true])
    func aShopThatDiesInThePaymentFindsOutAfterItsStart(state: OrderStatus.State, isForgotten: Bool) async throws {
        let first = try start()
        let offer = try await first.visitor().offer("product=zine")
        let hash = try first.hash(offer)
        // A copy from before has no note of the attempt.
        if !isForgotten { _ = try await first.store.beginPayment(hash) }
        backend.set { $0.states[hash] = state }
        let second = try start()
        await settleEverything(second)
        #expect(try await second.order(offer).state == (state == .paid ? .paid : state == .paying ? .open : .closed))
        backend.set { $0.states[hash] = state == .paying ? .paid : state }
        await settleEverything(second)
        try await checkBooks(second)
        #expect(try await second.order(offer).isPaid == [.paid, .paying].contains(state))
    }

    @Test func aShopThatDiesBeforeItAttachesAContractLosesNothing() async throws {
        let first = try start()
        let order = try await first.order(try await first.visitor().offer("product=zine"))
        // The backend has signed another contract, and the shop died before it wrote it down: nobody has it.
        let second = try start()
        let again = try await second.visitor().get(second.shop.links.contract(order: order.id))
        #expect(again.status == 200)
        await settleEverything(second)
        try await checkBooks(second)
        #expect(try await second.store.order(order.id)?.state == .closed)
    }

    @Test func aPaymentWhoseConfirmationWasLostIsPaidOnce() async throws {
        let first = try start()
        let visitor = first.visitor()
        let offer = try await visitor.offer("product=zine")
        backend.set { $0.answer = .silence }
        #expect(try await visitor.pay(offer).status == 504)
        let hash = try first.hash(offer)
        backend.set { ($0.states[hash], $0.answer) = (.paid, .accept) }
        let second = try start()
        // The wallet sends it again.
        #expect(try await second.visitor().pay(offer).status == 301)
        await settleEverything(second)
        try await checkBooks(second)
        #expect(try await second.order(offer).isPaid)
    }

    @Test func aShopThatDiesBetweenGivingBackAndNotingItAsksAgainAndGivesBackOnce() async throws {
        let first = try start()
        let offer = try await first.visitor().offer("product=zine")
        _ = try await first.shop.settlement.cancel(try await first.order(offer))
        let hash = try first.hash(offer)
        backend.set { $0.states[hash] = .paid }
        clock.advance(bySeconds: 15)
        await first.shop.settlement.lookAfterPayments()
        let before = try copy()
        await first.shop.settlement.giveBack()
        let second = try start(at: before)
        await second.shop.settlement.giveBack()
        let orders = backend.read { $0.refundOrders }
        #expect(orders.count == 2)
        #expect(Set(orders.map(\.refund)).count == 1, "the same whole amount, which repeated gives nothing more")
        #expect(try await second.order(offer).state == .returned)
    }

    /// The copy is from before the payment, in every place that a copy can come from.
    @Test(arguments: 0...3)
    func aShopThatIsRestoredFromACopyLearnsWhatWasPaidSince(stage: Int) async throws {
        let first = try start()
        let visitor = first.visitor()
        let offer = try await visitor.offer("product=zine")
        var copyPath = try copy()
        #expect(try await visitor.pay(offer).status == 301)
        if stage == 1 { copyPath = try copy() }
        let restored = try start(at: copyPath)
        switch stage {
        case 2:
            // The buyer gives up what the shop believes to be unpaid.
            guard case .notOpen(let order) = try await restored.shop.settlement.cancel(try await restored.order(offer)) else {
                Issue.record("a paid order was given up")
                return
            }
            #expect(order.isPaid)
        case 3: #expect(try await restored.visitor().pay(offer).status == 301)
        default: break
        }
        await settleEverything(restored)
        #expect(try await restored.order(offer).isPaid)
        try await checkBooks(restored)
    }

    @Test func aCopyThatDoesNotKnowAContractDeniesNothingAndTakesNothing() async throws {
        let first = try start()
        _ = try await first.visitor().offer("product=essay")
        let copyPath = try copy()
        let visitor = first.visitor()
        let offer = try await visitor.offer("product=zine")
        #expect(try await visitor.pay(offer).status == 301)
        let restored = try start(at: copyPath)
        let answer = try await restored.visitor().pay(offer)
        #expect(answer.status == 500, "a wallet keeps such a payment")
        #expect(answer.code == 53)
        #expect(answer.text.contains("was received"), "the buyer is told that the money is there")
        #expect(backend.read { $0.permissions.count } == 1)
        // Numbers of contracts are not used twice.
        backend.set { $0.conflicts = 1 }
        #expect(try await restored.visitor().get("/taler/contract?product=zine").status == 200)
    }
}
