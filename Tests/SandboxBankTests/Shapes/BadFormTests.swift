// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import Foundation
import HTTPCore
import SandboxBank
import TalerWire
import Testing

/// Forms, queries and cookies by chance at every page: an answer or a refusal, never an error of the bank's own.
@Suite struct BadFormTests {
    private static let runs = 1000

    @Test func everyEndpointOfTheInterfacesHasAShapeOfABadRequest() async throws {
        try await SocketBank.run { bank in
            let shapes = RequestShape.all(receiver: 1, row: 1)
            for route in bank.service.routes where route.pattern != "/" {
                let pieces = route.pattern.split(separator: "/")
                let isThere = shapes.contains { shape in
                    let segments = shape.path.split(separator: "/")
                    return shape.method == route.method && segments.count == pieces.count
                        && zip(pieces, segments).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
                }
                #expect(isThere, "\(route) is not tried")
            }
        }
    }

    @Test func pagesRefuseWhatIsNoForm() async throws {
        let seed = ProcessInfo.processInfo.environment["BANK_SHAPES_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...UInt64.max)
        print("bank shapes: seed \(seed) of the pages")
        try await SocketBank.run(hasPages: true) { bank in
            let interfaces = try await routesWithoutPages()
            let pages = bank.service.routes.filter { !interfaces.contains($0) } + [Route(.get, "/")]
            #expect(pages.count > 10)
            var alice = bank.browser()
            try await alice.get("/open-account")
            try await alice.submit("/open-account", ["username": "alice", "password": "alice's password"])
            let callback = PageBrowser.callback(try await alice.confirm("5.25"))
            let (names, token) = try await forms(pages, callback, &alice)
            #expect(names.count > 4, "\(names)")

            var random = SeededNumbers(seed: seed)
            var statuses: [Int: Int] = [:]
            for _ in 0..<Self.runs {
                let route = random.choose(pages)
                let target = Self.target(route, callback, &random)
                let wantsJSON = random.chance(50)
                var fields: HTTPFields = ["Accept": wantsJSON ? "application/json" : "text/html,*/*"]
                fields["Cookie"] = Self.cookies(alice.cookies, &random)
                let body = route.method == .post ? Self.form(names, token, &random, &fields) : []
                let response = try await bank.send(route.method, target, body, fields: fields)
                let context = "seed \(seed): \(route.method) \(target.prefix(200)), \(String(decoding: body.prefix(300), as: UTF8.self))"
                statuses[response.status, default: 0] += 1
                #expect((200..<500).contains(response.status), "\(response.status), \(context)")
                if response.status >= 400, wantsJSON {
                    let json = try? response.json()
                    #expect(json?["hint"]?.stringValue?.isEmpty == false && json?["ec"] == json?["code"], "\(response.status), \(context)")
                }
            }
            #expect(try await bank.service.store.audit().findings == [])
            #expect(try await bank.get("/").status == 200)
            let counts = statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            print("bank shapes: \(Self.runs) requests to \(pages.count) pages, answers by status \(counts)")
        }
    }

    private func routesWithoutPages() async throws -> Set<Route> {
        var routes: Set<Route> = []
        try await SocketBank.run { routes = Set($0.service.routes) }
        return routes
    }

    /// The names of all fields of all forms, and the token that they carry.
    private func forms(_ pages: [Route], _ callback: String, _ browser: inout PageBrowser) async throws -> (names: [String], token: String)
    {
        var names: Set<String> = []
        var token = ""
        for target in pages.filter({ $0.method == .get && !$0.pattern.contains(where: { ":*".contains($0) }) }).map(\.pattern) + [callback]
        {
            try await browser.get(target)
            for piece in browser.text.split(separator: " name=\"") { names.insert(String(piece.prefix { $0 != "\"" })) }
            if !browser.formToken.isEmpty { token = browser.formToken }
        }
        return (names.filter { !$0.isEmpty && !$0.contains("<") }.sorted(), token)
    }

    private static func target(_ route: Route, _ callback: String, _ random: inout SeededNumbers) -> String {
        if route.pattern.hasPrefix("/withdrawals/"), random.chance(60) {
            var parts = callback.split(separator: "&").map(String.init)
            if random.chance(60) {
                let index = Int.random(in: parts.indices, using: &random)
                if random.chance(50), index > 0 {
                    parts.remove(at: index)
                } else {
                    parts[index] += random.choose(["x", "%", "%FF", "%0A", "0"])
                }
            }
            return parts.joined(separator: "&")
        }
        let pieces = route.pattern.split(separator: "/").map { piece in
            piece.hasPrefix(":") || piece.hasPrefix("*")
                ? random.choose(["x", "%2E%2E", "alice", "1", "%F0%9F%94%91", "%FF", "%00"]) : String(piece)
        }
        let query = random.choose(["", "", "?", "?start=x", "?page=-1", "?x=%", "?before=99999999999999999999", "?start=%00"])
        return "/" + pieces.joined(separator: "/") + query
    }

    private static func cookies(_ good: [String: String], _ random: inout SeededNumbers) -> String? {
        let pairs = good.sorted { $0.key < $1.key }.map { name, value in
            random.chance(10) ? "\(name)=\(random.choose(["", "x", value.dropLast() + "A", value + value]))" : "\(name)=\(value)"
        }
        return random.chance(10) ? nil : pairs.joined(separator: "; ")
    }

    private static func form(_ names: [String], _ token: String, _ random: inout SeededNumbers, _ fields: inout HTTPFields) -> [UInt8] {
        fields["Content-Type"] =
            random.chance(90) ? "application/x-www-form-urlencoded" : random.choose(["application/json", "text/plain"])
        if random.chance(10) { return (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) } }
        let values = [
            "", "x", "1", "-1", "1.5", "KUDOS:1", "EUR:1", "99999999999999999999", "0.000000001", "exchange", "2", "%", "%FF", "%00",
            "a%0Ab",
            "%3Cscript%3E", String(repeating: "y", count: 5000), "%F0%9F%94%91", "alice",
        ]
        var pairs = names.filter { _ in random.chance(80) }.map { "\($0)=\(random.choose(values))" }
        if random.chance(70) { pairs = ["form_token=\(PercentEncoding.encode(token))"] + pairs.filter { !$0.hasPrefix("form_token=") } }
        return Array(pairs.joined(separator: "&").utf8)
    }
}
