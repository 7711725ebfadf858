// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@Suite struct JSONMessageTests {
    struct Coin: Codable, Equatable {
        var f: Amount
        var key: CoinPublicKey?
        var count: UInt8 = 1
    }

    struct Message: Codable, Equatable {
        var id: String
        var coins: [Coin]
        var time: Timestamp?
        var extra: JSONValue?
        var big: UInt64 = 0
        var flag: Bool = false
        var weights: [String: Int] = [:]
    }

    private func decode(_ text: String) throws -> Message { try JSONParser.parse(text).decode() }
    private let rest = "\"big\":1,\"flag\":true,\"weights\":{}"

    @Test func aMessageIsReadAndItsUnknownMembersAreIgnored() throws {
        let message = try decode(
            """
            {"id":"x","coins":[{"f":"KUDOS:1","count":2,"new":[]}],"time":{"t_s":5},"extra":{"z":[1,0.5]},"big":18446744073709551615,
            "flag":true,"weights":{"a":-1},"later":null}
            """)
        #expect(message.coins == [Coin(f: try Amount("KUDOS:1"), key: nil, count: 2)])
        #expect(message.time?.seconds == 5)
        #expect(message.extra == ["z": [1, .number("0.5")]])
        #expect(message.big == .max)
        #expect(message.weights == ["a": -1])
    }

    @Test func nullAndAbsenceAreNoValue() throws {
        #expect(try decode("{\"id\":\"x\",\"coins\":[],\"time\":null,\(rest)}").time == nil)
        #expect(try decode("{\"id\":\"x\",\"coins\":[],\(rest)}").time == nil)
    }

    private func path(_ text: String) throws -> String {
        try #require(throws: JSONError.self) { try decode(text) }.path
    }

    @Test func theErrorNamesThePathOfWhatIsMissingOrWrong() throws {
        #expect(try path("{\"coins\":[],\(rest)}") == "id")
        #expect(try path("{\"id\":1,\"coins\":[],\(rest)}") == "id")
        #expect(try path("{\"id\":\"x\",\"coins\":{},\(rest)}") == "coins")
        #expect(try path("{\"id\":\"x\",\"coins\":[{\"count\":1}],\(rest)}") == "coins[0].f")
        #expect(try path("{\"id\":\"x\",\"coins\":[{\"f\":\"KUDOS:1\",\"count\":1},{\"f\":\"?\",\"count\":1}],\(rest)}") == "coins[1].f")
        #expect(try path("{\"id\":\"x\",\"coins\":[{\"f\":\"KUDOS:1\",\"count\":256}],\(rest)}") == "coins[0].count")
        #expect(try path("{\"id\":\"x\",\"coins\":[{\"f\":\"KUDOS:1\",\"count\":1,\"key\":\"00\"}],\(rest)}") == "coins[0].key")
        #expect(try path("{\"id\":\"x\",\"coins\":[null],\(rest)}") == "coins[0]")
        #expect(try path("{\"id\":\"x\",\"coins\":[],\"time\":{\"t_s\":-1},\(rest)}") == "time")
        #expect(try path("{\"id\":\"x\",\"coins\":[],\"big\":1.5,\"flag\":true,\"weights\":{}}") == "big")
        #expect(try path("{\"id\":\"x\",\"coins\":[],\"big\":1,\"flag\":\"true\",\"weights\":{}}") == "flag")
        #expect(try path("{\"id\":\"x\",\"coins\":[],\"big\":1,\"flag\":true,\"weights\":{\"a\":\"1\"}}") == "weights.a")
        #expect(try path("[]") == "")
    }

    @Test func aMessageIsWrittenInTheOrderOfItsDeclarationWithoutAbsentMembers() throws {
        let message = Message(
            id: "x", coins: [Coin(f: try Amount("KUDOS:1.50"))], time: .never, extra: ["b": 1, "a": .number("0.5")], big: .max)
        let json = try JSONValue(encoding: message)
        #expect(
            json.text
                == "{\"id\":\"x\",\"coins\":[{\"f\":\"KUDOS:1.5\",\"count\":1}],\"time\":{\"t_s\":\"never\"},\"extra\":{\"b\":1,\"a\":0.5},"
                + "\"big\":18446744073709551615,\"flag\":false,\"weights\":{}}")
        #expect(try json.decode(as: Message.self) == message)
    }

    @Test func aNumberWithoutJSONFormIsRefused() {
        #expect(throws: JSONError.self) { try JSONValue(encoding: ["a": Double.infinity]) }
        #expect(throws: JSONError.self) { try JSONParser.parse("[1e999]").decode(as: [Double].self) }
    }

    @Test func nestedContainersAreWrittenAndRead() throws {
        struct Nested: Codable, Equatable {
            enum Keys: String, CodingKey { case outer, inner, list }
            var value: Int
            init(value: Int) { self.value = value }
            init(from decoder: any Decoder) throws {
                let outer = try decoder.container(keyedBy: Keys.self).nestedContainer(keyedBy: Keys.self, forKey: .outer)
                var list = try outer.nestedUnkeyedContainer(forKey: .list)
                _ = try list.decode(Int.self)
                value = try list.nestedContainer(keyedBy: Keys.self).decode(Int.self, forKey: .inner)
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                var outer = container.nestedContainer(keyedBy: Keys.self, forKey: .outer)
                var list = outer.nestedUnkeyedContainer(forKey: .list)
                try list.encode(0)
                var element = list.nestedContainer(keyedBy: Keys.self)
                try element.encode(value, forKey: .inner)
            }
        }
        let json = try JSONValue(encoding: Nested(value: 7))
        #expect(json.text == "{\"outer\":{\"list\":[0,{\"inner\":7}]}}")
        #expect(try json.decode(as: Nested.self) == Nested(value: 7))
        #expect(
            try #require(throws: JSONError.self) {
                try JSONParser.parse("{\"outer\":{\"list\":[0,{\"inner\":\"\"}]}}").decode(as: Nested.self)
            }
            .path == "outer.list[1].inner")
    }

    @Test(arguments: [1, 64, 65, 1000]) func membersAreFoundInObjectsOfAnySize(_ count: Int) throws {
        let json = JSONValue.object(JSONObject((0..<count).map { .init(name: "n\($0)", value: .integer(Int64($0))) }))
        let read = try json.decode(as: [String: Int].self)
        #expect(read.count == count)
        #expect(read.allSatisfy { $0 == "n\($1)" })
    }

    @Test(arguments: [0, 100]) func namesThatOnlyLookAlikeAreDifferentMembers(_ others: Int) throws {
        struct Accented: Decodable {
            let composed: Int
            let decomposed: Int
            enum CodingKeys: String, CodingKey {
                case composed = "\u{E9}"
                case decomposed = "e\u{301}\u{200B}"
            }
        }
        var members = (0..<others).map { JSONObject.Member(name: "n\($0)", value: 0) }
        members += [.init(name: "e\u{301}", value: 3), .init(name: "\u{E9}", value: 1), .init(name: "e\u{301}\u{200B}", value: 2)]
        let read = try JSONValue.object(JSONObject(members)).decode(as: Accented.self)
        #expect(read.composed == 1)
        #expect(read.decomposed == 2)
    }
}
