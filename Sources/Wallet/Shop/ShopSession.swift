// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// One visit to a shop: its cookies are kept as long as this lives, and nothing is asked of another origin.
struct ShopSession: Sendable {
    /// Its path ends in a slash.
    let shop: WebAddress
    private let sender: any Sender
    private var cookies: [(name: String, value: String)] = []

    private static let maximumRedirects = 5
    private static let maximumAnswer = 4 << 20
    private static let maximumCookies = 64

    init(shop: WebAddress, sender: any Sender) {
        self.shop = shop
        self.sender = sender
    }

    /// `GET taler/contract` for a product, and every check of what comes.
    /// - Throws: ``WalletError``: `noOffer`, `offerMalformed`, `wrongHash`, `wrongSignature`, `payElsewhere`, `shopUnreachable`.
    mutating func offer(product: String, amount: Amount?) async throws(WalletError) -> Offer {
        var query = "?product=\(PercentEncoding.encode(product))"
        if let amount { query += "&amount=\(PercentEncoding.encode(amount.description))" }
        guard let address = shop.resolving("taler/contract" + query) else { throw .address("the shop's contract") }
        let response: Response
        do { response = try await send(.get, address, fields: ["Accept": "application/json"]) } catch {
            throw .shopUnreachable(error.words)
        }
        guard response.status == 200 else {
            let elsewhere = (try? response.json())?["fulfillment_url"]?.stringValue?.printable
            throw .noOffer(status: response.status, code: response.refusalCode, hint: response.refusalHint, fulfillmentURL: elsewhere)
        }
        return try Offer(response.body, from: address)
    }

    /// Posts a permission. Redirects are the caller's to judge.
    mutating func post(_ permission: String, to address: WebAddress) async throws(SendError) -> Response {
        try await send(
            .post, address, fields: ["Accept": "text/html", "Content-Type": "application/json"], body: Array(permission.utf8),
            timeout: .seconds(150))
    }

    /// A message of the shop's. Redirects are the caller's to judge.
    mutating func get(_ address: WebAddress) async throws(SendError) -> Response {
        try await send(.get, address, fields: ["Accept": "application/json"])
    }

    /// A page of the shop, and where it was found after redirects within the shop's origin; nil when there is none.
    mutating func page(_ start: WebAddress) async -> (address: WebAddress, response: Response)? {
        var address = start
        for _ in 0...Self.maximumRedirects {
            guard let response = try? await send(.get, address, fields: ["Accept": "text/html"]) else { return nil }
            guard [301, 302, 303, 307, 308].contains(response.status) else { return (address, response) }
            guard let next = response.fields["Location"].flatMap(address.resolving), next.origin == shop.origin else { return nil }
            address = next
        }
        return nil
    }

    private mutating func send(
        _ method: HTTPMethod, _ address: WebAddress, fields: HTTPFields, body: [UInt8] = [], timeout: Duration = .seconds(60)
    ) async throws(SendError) -> Response {
        guard address.origin == shop.origin else { throw .notSent("\(address.origin) is not the shop") }
        var fields = fields
        if !cookies.isEmpty { fields["Cookie"] = cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ") }
        let response = try await sender.send(
            OutgoingRequest(method, address.text, fields: fields, body: body, timeout: timeout, maximumAnswer: Self.maximumAnswer))
        for line in response.fields.all("Set-Cookie") { keep(line) }
        return response
    }

    private mutating func keep(_ line: String) {
        let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return }
        let name = pair[0].filter { $0 != " " }
        cookies.removeAll { $0.name == name }
        guard !name.isEmpty, !pair[1].isEmpty, cookies.count < Self.maximumCookies else { return }
        cookies.append((name, String(pair[1])))
    }
}
