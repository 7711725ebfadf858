// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import BankStore
import HTTPCore
import TalerWire

extension Request {
    /// The body as JSON whose `auth`, if it is there, says `basic`.
    /// - Throws: 400 / 22, 400 / 26.
    func authenticatedJSON() throws(APIError) -> JSONValue {
        let json = try json()
        guard json.objectValue != nil else { throw APIError(.genericJsonInvalid, JSONError(reason: "an object is needed")) }
        if let auth = json["auth"] { try Self.checkAuth(auth["type"]?.stringValue, "auth.type") }
        return json
    }

    /// - Throws: 400 / 26 when the query's `auth` is there and not `basic`.
    func checkQueryAuth() throws(APIError) {
        if let auth = query["auth"] { try Self.checkAuth(auth, "auth") }
    }

    private static func checkAuth(_ type: String?, _ name: String) throws(APIError) {
        guard type == BankAuth.basic.type else {
            throw APIError(.genericParameterMalformed, hint: "The only kind of authentication is \"basic\".", detail: name)
        }
    }

    /// A whole number of the query; nil when it is not there.
    /// - Throws: 400 / 26.
    func integer(_ name: String) throws(APIError) -> Int64? {
        guard let text = query[name] else { return nil }
        guard let number = Int64(text) else {
            throw APIError(.genericParameterMalformed, hint: "A whole number is needed.", detail: name)
        }
        return number
    }

    /// - Throws: 400 / 25, 400 / 26.
    func requiredInteger(_ name: String) throws(APIError) -> Int64 {
        guard let number = try integer(name) else {
            throw APIError(.genericParameterMissing, hint: "A parameter of the query is missing.", detail: name)
        }
        return number
    }

    /// One of the words that `Choice` has; `fallback` when the query does not have it.
    /// - Throws: 400 / 26.
    func choice<Choice: RawRepresentable<String>>(_ name: String, default fallback: Choice) throws(APIError) -> Choice {
        guard let text = query[name] else { return fallback }
        guard let choice = Choice(rawValue: text) else {
            throw APIError(.genericParameterMalformed, hint: "This word is not known here.", detail: name)
        }
        return choice
    }

    /// `delta` and `start`, or `limit` and `offset` as they are called in later versions of the wire gateway.
    /// - Parameter fallback: the delta of a query without one; nil when it must have one.
    func historyPage(default fallback: Int64? = nil) throws(APIError) -> HistoryPage {
        let name = query["delta"] == nil && query["limit"] != nil ? "limit" : "delta"
        let delta =
            if let fallback { try integer(name) ?? fallback } else { try requiredInteger(name) }
        guard let page = HistoryPage(start: try row(query["start"] == nil ? "offset" : "start"), delta: delta) else {
            throw APIError(.genericParameterMalformed, hint: "A number other than 0 is needed.", detail: name)
        }
        return page
    }

    /// A row of the query, where programs send 64 bits without sign; what is larger than any row counts as the largest.
    private func row(_ name: String) throws(APIError) -> Int64? {
        if let text = query[name], let number = UInt64(text) { return Int64(clamping: number) }
        return try integer(name)
    }

    /// `long_poll_ms`, later called `timeout_ms`: zero when it is not there or `page` cannot grow.
    func longPoll(_ page: HistoryPage) throws(APIError) -> Duration {
        let name = query["long_poll_ms"] == nil ? "timeout_ms" : "long_poll_ms"
        guard let text = query[name] else { return .zero }
        guard let milliseconds = UInt64(text) else {
            throw APIError(.genericParameterMalformed, hint: "A number of milliseconds is needed.", detail: name)
        }
        return page.canGrow ? min(.milliseconds(Int64(clamping: milliseconds)), Bank.maximumWait) : .zero
    }
}

extension JSONValue {
    /// A message of the bank's interfaces.
    /// - Throws: 400: code 5108 for an amount that is none, 27 for a reserve key that is none, 22 for all else.
    func bankMessage<Message: Decodable>(_ type: Message.Type = Message.self) throws(APIError) -> Message {
        do { return try decode(as: type) } catch {
            let code: ErrorCode =
                switch error.path {
                case "amount" where self["amount"] != nil: .bankBadFormatAmount
                case "reserve_pub" where self["reserve_pub"]?.stringValue != nil: .genericReservePubMalformed
                default: .genericJsonInvalid
                }
            throw APIError(code, error)
        }
    }
}
