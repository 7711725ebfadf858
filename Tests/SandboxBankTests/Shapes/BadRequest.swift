// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import Foundation
import HTTPCore
import TalerWire

/// A request that is bad in one way, or in two.
struct BadRequest: Sendable {
    var method: HTTPMethod
    var path: String
    var query: [(name: String, value: String)]
    var fields: HTTPFields
    var body: [UInt8]
    /// What was done to it, for people.
    var wounds: [String] = []
    /// No answer but a refusal is right.
    var mustFail = false

    var target: String {
        query.isEmpty ? path : path + "?" + query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    /// What a wound is made to; none is wounded twice, since the second wound might heal the first.
    private enum Part: CaseIterable {
        case member, text, query, login, path, method, encoding, size

        /// How often it is chosen.
        var weight: Int {
            switch self {
            case .member: 6
            case .query: 5
            case .text: 3
            case .login, .path, .encoding: 2
            case .method, .size: 1
            }
        }

        var isOfBody: Bool { [.member, .text, .encoding, .size].contains(self) }
    }

    /// - Parameter random: where everything that is chosen comes from.
    init(_ shape: RequestShape, _ random: inout SeededNumbers) {
        method = shape.method
        path = shape.path
        query = shape.query
        body = []
        fields = [:]
        var login = shape.account.map { BankCredentials(username: $0, password: "\($0)'s password").basicFields } ?? [:]
        var object = shape.body ?? JSONObject()
        var text: String?
        var parts = Part.allCases.filter { part in
            switch part {
            case .member, .text: shape.body != nil
            case .query: !shape.query.isEmpty
            case .login: shape.account != nil
            case .path, .method, .encoding, .size: true
            }
        }
        for _ in 0..<(random.chance(70) ? 1 : 2) {
            let part = random.choose(parts.flatMap { Array(repeating: $0, count: $0.weight) })
            parts.removeAll { $0 == part || ($0.isOfBody && part.isOfBody) }
            switch part {
            case .member: woundMember(&object, shape, &random)
            case .text: text = woundText(object, shape, &random)
            case .query: woundQuery(shape, &random)
            case .login: login = woundLogin(&random)
            case .path: woundPath(&random)
            case .method: woundMethod(shape, &random)
            case .encoding: woundEncoding(JSONValue.object(object).serialized(), shape, &random)
            case .size: woundSize(&random)
            }
        }
        if body.isEmpty, shape.body != nil { body = text.map { Array($0.utf8) } ?? JSONValue.object(object).serialized() }
        if shape.body != nil, fields["Content-Type"] == nil, random.chance(50) { fields["Content-Type"] = "application/json" }
        for field in login.entries { fields[field.name] = field.value }
    }

    private static let strange: [JSONValue] = [
        .null, true, 0, -1, 9_223_372_036_854_775_807, -9_223_372_036_854_775_808, .number("1.5"), .number("1e400"),
        .number("18446744073709551616"), "", "x", "\u{1}\u{7F}\n", "\u{1F511}\u{301}", [], ["x"], [:], ["type": "basic"], "-1",
    ]
    /// Nonsense of the right kind, by the member's name.
    private static let nonsense: [String: [JSONValue]] = [
        "amount": [
            "EUR:1", "KUDOS:-1", "KUDOS:0", "KUDOS:1.123456789", "KUDOS:4503599627370497", "KUDOS:4503599627370496", "KUDOS", "KUDOS:",
            ":1", "kudos:1", "KUDOS:99999999999999999999", ["value": -1, "fraction": 0, "currency": "KUDOS"],
            ["value": 1, "fraction": 100_000_000, "currency": "KUDOS"], ["value": "1", "fraction": 0, "currency": "KUDOS"],
            ["value": 9_007_199_254_740_993, "fraction": 0, "currency": "KUDOS"], "KUDOS:40000000000",
        ],
        "reserve_pub": ["ABC", "U!", .string(RequestShape.key + "0"), .string(String(repeating: "0", count: 5000))],
        "account_pub": ["ABC", "U!", .string(RequestShape.key + "0")],
        "wtid": ["ABC", .string(RequestShape.key + RequestShape.key)],
        "request_uid": ["ABC", .string(RequestShape.key)],
        "credit_account": [
            "payto://", "payto://x-taler-bank/bank.example:8082/nobody?receiver-name=x", "payto://iban/DE00?receiver-name=x", "http://x/",
            0, -5, 4711,
        ],
        "debit_account": ["payto://", "payto://x-taler-bank/other.example/rich?receiver-name=x", "x"],
        "exchange_base_url": ["", "a b", "\n", "ümlaut"],
        "username": ["a b", "", "a\nb", "..", .string(String(repeating: "x", count: 151)), "ü"],
        "subject": ["a\nb", .string(String(repeating: "x", count: 1100))],
        "exchange_url": ["a\u{9F}b", .string(String(repeating: "x", count: 1100))],
        "row_id": [0, -1, 9_223_372_036_854_775_807, "1"],
    ]

    private mutating func woundMember(_ object: inout JSONObject, _ shape: RequestShape, _ random: inout SeededNumbers) {
        let name = random.choose(object.names)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            object[name] = nil
            wounds.append("without \(name)")
            mustFail = mustFail || shape.needed.contains(name)
            if object.isEmpty { object["other"] = 1 }
        case 1:
            if let values = Self.nonsense[name] {
                let value = random.choose(values)
                object[name] = value
                wounds.append("\(name) is \(value.text.prefix(80))")
                mustFail = mustFail || shape.needed.contains(name)
            } else {
                fallthrough
            }
        case 2:
            let value = random.choose(Self.strange)
            object[name] = value
            wounds.append("\(name) is \(value.text)")
            // A password may be any text.
            mustFail = mustFail || (shape.needed.contains(name) && value.stringValue == nil && value.integerValue == nil)
        default:
            object["unknown\u{7}"] = random.choose(Self.strange)
            wounds.append("an unknown member")
        }
    }

    /// What cannot be written as a value.
    private mutating func woundText(_ object: JSONObject, _ shape: RequestShape, _ random: inout SeededNumbers) -> String {
        let text = JSONValue.object(object).text
        mustFail = true
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            wounds.append("a cut text")
            return String(text.prefix(Int.random(in: 1..<text.count, using: &random)))
        case 1:
            let depth = Int.random(in: 64...20_000, using: &random)
            wounds.append("\(depth) levels")
            return String(text.dropLast()) + ",\"deep\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
                + "}"
        case 2:
            let name = random.choose(object.names)
            wounds.append("\(name) twice")
            return String(text.dropLast()) + ",\"\(name)\":\((object[name] ?? .null).text)}"
        case 3:
            wounds.append("something behind it")
            return text + "x"
        case 4:
            wounds.append("a bare control character")
            return String(text.dropLast()) + ",\"a\u{1}\":1}"
        default:
            wounds.append("no object")
            return random.choose(["[]", "null", "7", "\"x\"", "", " ", "{", "\u{FEFF}{}", "{'a':1}", "{\"a\":\"\\ud800\"}", "nan"])
        }
    }

    private mutating func woundQuery(_ shape: RequestShape, _ random: inout SeededNumbers) {
        let index = Int.random(in: query.indices, using: &random)
        let name = query[index].name
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            query.remove(at: index)
            wounds.append("without \(name)")
            mustFail = mustFail || shape.needed.contains(name)
        case 1:
            query[index].value = random.choose(["%", "%4", "%zz", "%FF", "%00", "a%C3"])
            wounds.append("\(name)=\(query[index].value)")
            mustFail = true
        case 2:
            query[index].value = random.choose(["x", "", "1.5", "1e3", "99999999999999999999", "0x10", "%20", "%0A1", "one"])
            wounds.append("\(name)=\(query[index].value)")
            mustFail = mustFail || shape.needed.contains(name)
        default:
            // Nothing here makes the bank wait: no long wait is asked for together with a page that can grow.
            let values = ["0", "-1", "9223372036854775807", "-9223372036854775808"]
            query[index].value = name.hasPrefix("long_poll") ? "-1" : random.choose(values)
            wounds.append("\(name)=\(query[index].value)")
        }
    }

    private mutating func woundLogin(_ random: inout SeededNumbers) -> HTTPFields {
        mustFail = true
        let ways: [(String, HTTPFields)] = [
            ("no login", [:]), ("a wrong password", ["X-Taler-Bank-Username": "rich", "X-Taler-Bank-Password": "x"]),
            ("no password", ["X-Taler-Bank-Username": "rich"]), ("no base64", ["Authorization": "Basic !"]),
            ("no colon", ["Authorization": "Basic " + Data("rich".utf8).base64EncodedString()]),
            ("no UTF-8", ["Authorization": "Basic " + Data([0xFF, 0x3A, 0xFE]).base64EncodedString()]),
            ("an unknown token", ["Authorization": "Bearer x"]), ("an unknown scheme", ["Authorization": "Digest x"]),
            ("nobody", BankCredentials(username: "nobody", password: "the password of nobody").basicFields),
            ("an account without login", BankCredentials(username: "bank", password: "").basicFields),
        ]
        let (name, fields) = random.choose(ways)
        wounds.append(name)
        return fields
    }

    private mutating func woundPath(_ random: inout SeededNumbers) {
        let ways = ["/x", "/", "%", "%FF", "%00", "%zz", "/..%2F", "%2F"]
        let way = random.choose(ways)
        if path.contains("/accounts/"), random.chance(50) {
            let name = random.choose(["nobody", "%2E%2E", "a%20b", "", String(repeating: "x", count: 2000), "%F0%9F%94%91"])
            path = path.replacing("/exchange/", with: "/\(name)/").replacing("/receiver/", with: "/\(name)/")
            wounds.append("the account \(name.prefix(20))")
        } else {
            path += way
            wounds.append("\(way) at the path's end")
        }
        mustFail = true
    }

    private mutating func woundMethod(_ shape: RequestShape, _ random: inout SeededNumbers) {
        // Both methods of /reject are right.
        let others = ["DELETE", "PATCH", "TRACE", "BREW"] + (shape.path == "/reject" ? ["GET"] : ["PUT"])
        method = HTTPMethod(rawValue: random.choose(others))
        wounds.append("by \(method)")
        mustFail = true
    }

    private mutating func woundEncoding(_ good: [UInt8], _ shape: RequestShape, _ random: inout SeededNumbers) {
        let whole = good.deflated
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            fields["Content-Encoding"] = "deflate"
            body = Array(whole.prefix(Int.random(in: 1..<whole.count, using: &random)))
            wounds.append("a cut deflated body")
        case 1:
            fields["Content-Encoding"] = "deflate"
            body = whole
            // Behind the header, of which some bits have no meaning.
            let place = Int.random(in: 3..<whole.count, using: &random)
            body[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
            wounds.append("a bit of the deflated body is another")
        case 2:
            fields["Content-Encoding"] = random.choose(["br", "zstd", "deflate, gzip", "x", "gzip"])
            body = good
            wounds.append("encoded with \(fields["Content-Encoding"] ?? "")")
        case 3:
            body = (0..<Int.random(in: 1...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            wounds.append("random bytes")
            mustFail = mustFail || shape.body != nil
            return
        default:
            fields["Content-Type"] = random.choose(["text/xml", "application/x-www-form-urlencoded", "multipart/form-data", "\u{7F}", ""])
            wounds.append("the content type \(fields["Content-Type"] ?? "")")
            return
        }
        mustFail = true
    }

    private mutating func woundSize(_ random: inout SeededNumbers) {
        mustFail = true
        if random.chance(50) {
            body = [UInt8](repeating: 0x20, count: (1 << 20) + Int.random(in: 1...5000, using: &random))
            wounds.append("a body of \(body.count) bytes")
        } else {
            fields["X-Long"] = String(repeating: "x", count: Int.random(in: 32_768...33_000, using: &random))
            wounds.append("a header that is too long")
        }
    }
}
