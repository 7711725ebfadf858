// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPClient
import HTTPCore
import HTTPServer
import Logging
import ShopOffice
import ShopStore
import TalerWire
import Testing

/// The same over the network.
@Suite struct SocketTests {
    /// Passes requests on over the network. A dead connection is a status that no server sends.
    private struct SocketHandler: Handler {
        let base: String
        let sender: CurlSender

        func handle(_ request: Request) async -> Response {
            do {
                return try await sender.send(
                    OutgoingRequest(request.method, base + request.target, fields: request.fields, body: request.body))
            } catch { return Response(status: 599, type: "text/plain", text: "\(error)") }
        }
    }

    @Test func anOwnerWorksOverASocket() async throws {
        let bench = try OfficeBench()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = try Server.start(
            ServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0)), handler: bench.office.handler, logger: logger)
        let sender = CurlSender()
        var owner = OfficeBrowser(
            handler: SocketHandler(base: "http://127.0.0.1:\(server.port)", sender: sender), address: nil)
        let order = try await bench.paidOrder(delivery: OfficeBench.address)
        try await owner.get("/orders")
        #expect(owner.status == 303)
        try await owner.logIn("wrong")
        #expect(owner.status == 401)
        try await owner.logIn()
        #expect(owner.status == 303)
        try await owner.get("/orders")
        #expect(owner.text.orderLinks == [order.id.text])
        #expect(owner.response.fields["Cache-Control"] == "no-store")
        try await owner.get("/orders/\(order.id)")
        try await owner.submit("/orders/\(order.id)/sent", ["day": "2027-01-15", "note": "parcel"])
        #expect(owner.status == 303)
        try await owner.get("/orders.csv")
        #expect(owner.text.contains("parcel"))
        try await owner.get("/static/office.css")
        #expect(owner.response.fields["Content-Type"]?.hasPrefix("text/css") == true)
        // The server tells by itself that this is the machine: what a proxy there says counts, and only for whom it names.
        try await owner.get("/orders")
        try await owner.submit("/logout", [:])
        var stranger = OfficeBrowser(handler: owner.handler, address: nil)
        for index in 0..<11 {
            try await stranger.get("/login")
            try await stranger.submit("/login", ["token": "wrong"], more: ["X-Forwarded-For": "192.0.2.5"])
            #expect(stranger.status == (index < 10 ? 401 : 429))
        }
        try await stranger.logIn()
        #expect(stranger.status == 303)
        sender.shutdown()
        await server.stop()
    }
}
