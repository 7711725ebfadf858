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

    /// `delta` and `start`.
    func historyPage() throws(APIError) -> HistoryPage {
        guard let page = HistoryPage(start: try integer("start"), delta: try requiredInteger("delta")) else {
            throw APIError(.genericParameterMalformed, hint: "A number other than 0 is needed.", detail: "delta")
        }
        return page
    }

    /// `long_poll_ms`, zero when it is not there or `page` cannot grow.
    func longPoll(_ page: HistoryPage) throws(APIError) -> Duration {
        guard let milliseconds = try integer("long_poll_ms") else { return .zero }
        guard milliseconds >= 0 else {
            throw APIError(.genericParameterMalformed, hint: "A number of milliseconds is needed.", detail: "long_poll_ms")
        }
        return page.canGrow ? .milliseconds(milliseconds) : .zero
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
