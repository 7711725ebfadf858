// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPClient
import HTTPCore
import MerchantAPI
import ProgramFixture
import TalerWire
import Testing

/// The owner's back office between real processes.
@Suite(.serialized) struct OfficeTests {
    /// A browser without pages: cookies and forms.
    private struct Owner {
        let market: Market
        let base: String
        var cookies: [String: String] = [:]
        var text = ""
        var location: String?

        mutating func send(_ method: HTTPMethod, _ path: String, _ fields: [String: String] = [:]) async throws -> Int {
            var headers: HTTPFields = ["Accept": "text/html"]
            if !cookies.isEmpty { headers["Cookie"] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
            var body = ""
            if method == .post {
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                body = fields.merging(["form_token": formToken]) { $1 }
                    .map { "\($0.key)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
            }
            let response = try await market.sender.send(
                OutgoingRequest(method, base + path.dropFirst(), fields: headers, body: Array(body.utf8)))
            for cookie in response.fields.all("Set-Cookie") {
                let parts = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
                if parts.count == 2 { cookies[String(parts[0])] = String(parts[1]) }
            }
            text = String(decoding: response.body, as: UTF8.self)
            location = response.fields["Location"]
            return response.status
        }

        private var formToken: String {
            guard let field = text.firstRange(of: "name=\"form_token\" value=\"") else { return "" }
            return String(text[field.upperBound...].prefix { $0 != "\"" })
        }
    }

    @Test func theOwnerFindsAnOrderAndGivesItsMoneyBack() async throws {
        let market = try await Market()
        let programs = try await market.startAll()
        let frontend = try #require(programs.last)
        try await frontend.waitForLog("the back office is open")
        #expect(try await market.wallet(["withdraw", "KUDOS:5"]).status == 0)
        let purchase = try await market.wallet(["pay", market.url("shop"), "tally-sticks"])
        #expect(purchase.status == 0, "\(purchase.output)")
        let word = purchase.output.split(whereSeparator: \.isWhitespace).drop { $0 != "H_contract" }.dropFirst().first ?? ""
        let hash = try ContractHash(base32: word.filter { $0.isLetter || $0.isNumber })

        // The token is a secret file, made by the program.
        let file = market.folder + "/office.token"
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        let token = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!frontend.output.contains(token.filter { !$0.isNewline }))

        var owner = Owner(market: market, base: try market.url("office"))
        #expect(try await owner.send(.get, "/orders") == 303)
        #expect(try await owner.send(.get, "/login") == 200)
        #expect(try await owner.send(.post, "/login", ["token": token]) == 303)
        #expect(try await owner.send(.get, "/orders?q=\(hash.base32)") == 200)
        let link = try #require(owner.text.firstRange(of: "<a class=\"code\" href=\"/orders/"))
        let id = String(owner.text[link.upperBound...].prefix(26))
        #expect(try await owner.send(.get, "/orders/\(id)") == 200)
        for words in ["Contract signed", "Coins accepted by", "The exchange has confirmed it", "Paid", hash.base32] {
            #expect(owner.text.contains(words), "\(words)")
        }
        let price = try await market.backend().order(hash).json().decode(as: OrderStatus.self).amount
        let form = ["amount": price.digits, "reason": "the buyer did not like it"]
        #expect(try await owner.send(.post, "/orders/\(id)/refund", form) == 200)
        #expect(owner.text.contains("This cannot be undone."))
        #expect(try await owner.send(.post, "/orders/\(id)/refund", form.merging(["confirm": "yes"]) { $1 }) == 303)
        #expect(try await owner.send(.get, owner.location ?? "/") == 200)
        for words in ["Given back to the buyer", "Reason: the buyer did not like it", "Everything was given back already."] {
            #expect(owner.text.contains(words), "\(words)")
        }
        #expect(try await market.backend().order(hash).json().decode(as: OrderStatus.self).state == .refunded)
        #expect(try await owner.send(.get, "/orders.csv?state=given-back") == 200)
        #expect(owner.text.contains(id) && owner.text.contains(hash.base32))

        for program in programs {
            #expect(await program.stop() == 0)
            #expect(program.output.contains("stopped"), "\(program.name) was cut off")
        }
        await market.close()
    }
}
