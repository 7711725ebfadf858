// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import ShopFrontend
import ShopStore
import TalerWire
import Testing

/// Two browsers over the network, one thing left.
struct LastItemRaceTests {
    @Test func ofTwoBrowsersOneGetsTheLastItemEachTime() async throws {
        let path = temporaryDatabase()
        let bench = try ShopBench(catalog: try SampleCatalog.make(), store: try ShopStore.open(at: path))
        let server = try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), errorStyle: .classic), handler: bench.shop.handler,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let base = "http://127.0.0.1:\(server.port)"
        let clients = [CurlSender(), CurlSender()]
        let races = 50
        var wonOnce = 0
        for race in 1...races {
            // One more than before: the last one.
            try await bench.store.setCatalogStock(["zine": race])
            let answers = try await withThrowingTaskGroup(of: Response.self) { group in
                for client in clients {
                    group.addTask { try await client.send(OutgoingRequest(.get, base + "/taler/contract?product=zine")) }
                }
                return try await group.reduce(into: [Response]()) { $0.append($1) }
            }
            let won = answers.filter { $0.status == 200 }
            let lost = answers.filter { $0.status != 200 }
            if won.count == 1, lost.count == 1 { wonOnce += 1 }
            for answer in lost {
                #expect(answer.status == 410)
                #expect(answer.code == 2670)
                #expect(try answer.object["available"] == .integer(0))
                #expect(try answer.object["hint"] == "This is sold out.")
            }
            for answer in won {
                let offer = try answer.object
                let permission: JSONObject = ["H_contract": try #require(offer["H_contract"]), "coins": .array([])]
                let paid = try await clients[0].send(
                    .json(.post, base + (try #require(offer["pay_url"]?.stringValue)), .object(permission)))
                #expect(paid.status == 301)
            }
            let stock = try await bench.stock("zine")
            #expect(stock.supply - stock.held - stock.sold == 0)
        }
        #expect(wonOnce == races)
        #expect(try await bench.stock("zine").sold == races)
        print("last item races over HTTP \(races), won once \(wonOnce)")
        for client in clients { client.shutdown() }
        await server.stop()
    }
}
