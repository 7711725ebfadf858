// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ShopStore
import TalerWire
import Testing

/// Whatever is done in whatever order, the store agrees with a model that one can read.
struct OrderModelTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func theStoreDoesWhatTheModelDoes(seed: UInt64) async throws {
        var run = try Run(seed: seed)
        for step in 0..<150 {
            try await run.step()
            if step % 6 == 5 { try await run.compare("seed \(seed), step \(step)") }
        }
        #expect(run.model.orders.contains { $0.state == .paid })
    }

    private struct Model {
        struct Stock { var supply: Int, catalog: Int, isLimited: Bool, held = 0, sold = 0, debt = 0 }
        struct Contract { let offer: Offer, order: Int; var state = Offer.State.offered }
        struct Position { let product: String, quantity: Int, takesStock: Bool }
        struct Order {
            let order: KnownOrder, positions: [Position]
            var state = KnownOrder.State.open
            var current: Int?
        }

        var stocks: [String: Stock] = [:]
        var orders: [Order] = []
        var contracts: [Contract] = []
        var givenBack: Set<ContractHash> = []

        func isPaying(_ order: Int) -> Bool { contracts.contains { $0.order == order && $0.state == .paying } }
    }

    private struct Run {
        let bench: StoreBench
        var numbers: Seeded
        var model = Model()
        var names = 0
        static let products = ["cup", "pot", "lid", "book"]

        init(seed: UInt64) throws {
            bench = try StoreBench()
            numbers = Seeded(seed: seed)
        }

        var store: ShopStore { bench.store }

        mutating func step() async throws {
            switch Int.random(in: 0..<100, using: &numbers) {
            case ..<10: try await changeCatalog()
            case ..<15: try await changeSupply()
            case ..<40: try await place()
            case ..<60: try await attach()
            case ..<75: try await beginPayment()
            case ..<80: try await endPayment()
            case ..<90: try await settle()
            default: try await close()
            }
        }

        private mutating func changeCatalog() async throws {
            var counts: [String: Int] = [:]
            for product in Self.products.dropLast() where Int.random(in: 0..<5, using: &numbers) > 0 {
                counts[product] = Int.random(in: 0...6, using: &numbers)
            }
            try await store.setCatalogStock(counts)
            for product in Self.products {
                guard let count = counts[product] else {
                    model.stocks[product]?.isLimited = false
                    continue
                }
                var stock = model.stocks[product] ?? Model.Stock(supply: count, catalog: count, isLimited: true)
                // One by one.
                while stock.catalog < count {
                    stock.catalog += 1
                    if stock.debt > 0 { stock.debt -= 1 } else { stock.supply += 1 }
                }
                while stock.catalog > count {
                    stock.catalog -= 1
                    if stock.supply > 0 { stock.supply -= 1 } else { stock.debt += 1 }
                }
                stock.isLimited = true
                model.stocks[product] = stock
            }
        }

        private mutating func changeSupply() async throws {
            let product = Self.products.randomElement(using: &numbers) ?? "cup"
            let difference = Int.random(in: -3...5, using: &numbers)
            let known = model.stocks[product]
            switch try await store.changeSupply(of: product, by: difference, reason: "counted", form: nil, at: bench.now) {
            case .done(let change):
                let supply = (known?.supply ?? 0) + difference
                #expect(known?.isLimited == true && supply >= 0 && change.supply == supply)
                model.stocks[product]?.supply = supply
            case .outOfRange: #expect((known?.supply ?? 0) + difference < 0)
            case .notLimited: #expect(known?.isLimited != true)
            case .doneBefore: Issue.record("a form without a name was known")
            }
        }

        private mutating func place() async throws {
            let lines = (0..<Int.random(in: 1...3, using: &numbers)).map { _ in
                (product: Self.products.randomElement(using: &numbers) ?? "cup", quantity: Int.random(in: 1...3, using: &numbers))
            }
            names += 1
            var after = model.stocks
            var positions: [Model.Position] = []
            var lacking: String?
            for line in lines {
                guard var stock = after[line.product], stock.isLimited else {
                    positions.append(Model.Position(product: line.product, quantity: line.quantity, takesStock: false))
                    continue
                }
                guard stock.supply - stock.held - stock.sold >= line.quantity else {
                    lacking = line.product
                    break
                }
                stock.held += line.quantity
                after[line.product] = stock
                positions.append(Model.Position(product: line.product, quantity: line.quantity, takesStock: true))
            }
            do {
                let order = try await bench.place(lines, session: "s\(names)")
                #expect(lacking == nil)
                model.stocks = after
                model.orders.append(Model.Order(order: order, positions: positions))
            } catch ShopStoreError.soldOut(let product, _) {
                #expect(product == lacking)
            }
        }

        private mutating func attach() async throws {
            guard let index = model.orders.indices.randomElement(using: &numbers) else { return }
            let order = model.orders[index]
            let current = order.current.map { model.contracts[$0] }
            // Sometimes the caller saw another contract in its place than there is now.
            let seen = Bool.random(using: &numbers) ? current?.offer.transactionID : nil
            let offer = try bench.offer(order.order, Int64(model.contracts.count + 1))
            let keeps = current.map { $0.offer.transactionID != seen || order.state == .paid || $0.state == .paying } ?? false
            do {
                let attached = try await store.attach(offer, replacing: seen)
                #expect(keeps == (attached.transactionID != offer.transactionID))
                if keeps {
                    #expect(attached.transactionID == current?.offer.transactionID)
                } else {
                    #expect(order.state == .open)
                    model.orders[index].current = model.contracts.count
                    model.contracts.append(Model.Contract(offer: offer, order: index))
                }
            } catch ShopStoreError.orderClosed {
                #expect(!keeps && order.state != .open)
            }
        }

        private mutating func beginPayment() async throws {
            guard let index = model.contracts.indices.randomElement(using: &numbers) else { return }
            let contract = model.contracts[index]
            let permit = try await store.beginPayment(contract.offer.contractHash)
            switch (contract.state, model.orders[contract.order].state) {
            case (.offered, .open):
                #expect(permit == .granted(isFirst: true))
                model.contracts[index].state = .paying
            case (.offered, .paid): #expect(permit == .paidOtherwise)
            case (.offered, _): #expect(permit == .closed)
            default: #expect(permit == .granted(isFirst: false))
            }
        }

        private mutating func endPayment() async throws {
            guard let index = model.contracts.indices.randomElement(using: &numbers) else { return }
            let isBegun = Bool.random(using: &numbers)
            let hash = model.contracts[index].offer.contractHash
            if isBegun { try await store.paymentBegins(hash) } else { try await store.paymentEnded(hash) }
            switch model.contracts[index].state {
            case .offered, .paying: model.contracts[index].state = isBegun ? .paying : .offered
            case .paid, .surplus: break
            }
        }

        private mutating func settle() async throws {
            guard let index = model.contracts.indices.randomElement(using: &numbers) else { return }
            let contract = model.contracts[index]
            let settled = try #require(try await store.settle(contract.offer.contractHash, at: bench.now))
            let isNew = contract.state == .offered || contract.state == .paying
            #expect(settled.isNew == isNew)
            guard isNew else { return }
            if model.orders[contract.order].state == .open {
                model.orders[contract.order].state = .paid
                model.orders[contract.order].current = index
                model.contracts[index].state = .paid
                for position in model.orders[contract.order].positions where position.takesStock {
                    model.stocks[position.product]?.held -= position.quantity
                    model.stocks[position.product]?.sold += position.quantity
                }
            } else {
                if model.orders[contract.order].state == .closed { model.orders[contract.order].state = .returned }
                model.contracts[index].state = .surplus
                model.givenBack.insert(contract.offer.contractHash)
            }
        }

        private mutating func close() async throws {
            guard let index = model.orders.indices.randomElement(using: &numbers) else { return }
            let order = model.orders[index]
            let current = order.current.map { model.contracts[$0].offer.transactionID }
            let seen = Int.random(in: 0..<4, using: &numbers) == 0 ? nil : current
            let isClosed = try await store.close(order.order.id, .expired, transaction: seen, at: bench.now)
            #expect(isClosed == (order.state == .open && seen == current && !model.isPaying(index)))
            guard isClosed else { return }
            model.orders[index].state = .closed
            for position in order.positions where position.takesStock { model.stocks[position.product]?.held -= position.quantity }
        }

        func compare(_ place: String) async throws {
            let stocks = try await store.stockEntries().filter(\.isLimited).map(\.stock)
            #expect(stocks.count == model.stocks.values.count(where: \.isLimited), "\(place)")
            for stock in stocks {
                let expected = model.stocks[stock.product]
                #expect(stock.supply == expected?.supply && stock.catalog == expected?.catalog, "\(place)")
                #expect(stock.held == expected?.held && stock.sold == expected?.sold, "\(place)")
            }
            for (product, counted) in try await bench.counted() {
                #expect(counted.held == model.stocks[product]?.held && counted.sold == model.stocks[product]?.sold, "\(place)")
            }
            for order in model.orders {
                let known = try #require(try await store.order(order.order.id))
                #expect(known.state == order.state, "\(place)")
                #expect(known.currentTransaction == order.current.map { model.contracts[$0].offer.transactionID }, "\(place)")
                #expect((known.paidTransaction != nil) == (order.state == .paid), "\(place)")
            }
            for contract in model.contracts {
                #expect(try await store.offer(contract.offer.contractHash)?.state == contract.state, "\(place)")
            }
            let due = try await store.giveBacks(dueAt: bench.now, limit: 1000)
            #expect(Set(due.map(\.contractHash)) == model.givenBack && due.count == model.givenBack.count, "\(place)")
        }
    }
}

/// The store's order beside the model's.
private typealias KnownOrder = Order
