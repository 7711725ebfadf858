// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import Testing

@Suite struct ContractHashTests {
    private let contract: JSONValue = [
        "a": 1, "b": ["c": "x", "$forgettable": ["c": "salt"]], "list": [["d": 2, "$forgettable": ["d": "pepper"]]],
    ]

    @Test func theHashDependsOnEveryMemberAndSalt() throws {
        let hash = try ContractHash(of: contract)
        for other: JSONValue in [
            ["a": 2, "b": ["c": "x", "$forgettable": ["c": "salt"]], "list": [["d": 2, "$forgettable": ["d": "pepper"]]]],
            ["a": 1, "b": ["c": "y", "$forgettable": ["c": "salt"]], "list": [["d": 2, "$forgettable": ["d": "pepper"]]]],
            ["a": 1, "b": ["c": "x", "$forgettable": ["c": "sugar"]], "list": [["d": 2, "$forgettable": ["d": "pepper"]]]],
            ["a": 1, "b": ["c": "x", "$forgettable": ["c": "salt"]], "list": [["d": 3, "$forgettable": ["d": "pepper"]]]],
            ["a": 1, "b": ["c": "x"], "list": [["d": 2, "$forgettable": ["d": "pepper"]]]],
        ] {
            #expect(try ContractHash(of: other) != hash)
        }
    }

    @Test func forgettingLeavesNoTraceOfTheValues() throws {
        let forgotten = try contract.forgettingAll()
        #expect(forgotten["b"]?["c"] == nil)
        #expect(forgotten["b"]?["$forgettable"] == nil)
        #expect(forgotten["b"]?["$forgotten"]?["c"]?.stringValue?.utf8.count == 103)
        #expect(forgotten["list"]?.arrayValue?.first?["d"] == nil)
        #expect(try ContractHash(of: forgotten) == ContractHash(of: contract))
        #expect(try forgotten.forgettingAll() == forgotten)
    }

    @Test func aMemberThatWasForgottenDoesNotCount() throws {
        let before: JSONValue = ["a": 1, "$forgotten": ["b": "HASH"]]
        let after: JSONValue = ["a": 1, "b": 2, "$forgotten": ["b": "HASH"]]
        #expect(try ContractHash(of: before) == ContractHash(of: after))
    }

    @Test func malformedSaltsAndHashesAreRefusedByTheirPath() {
        for bad: JSONValue in [1, "x", [], ["c": 1], ["c": true]] {
            #expect(throws: JSONError(path: "x[0].$forgettable", reason: "an object of strings is needed")) {
                try ContractHash(of: ["x": [["$forgettable": bad, "c": 1]]])
            }
            #expect(throws: JSONError(path: "$forgotten", reason: "an object of strings is needed")) {
                try ContractHash(of: ["$forgotten": bad, "c": 1])
            }
        }
        #expect(throws: JSONError(path: "a.b", reason: "0.5 is no whole number of 64 bits")) {
            try ContractHash(of: ["a": ["b": .number("0.5"), "$forgettable": ["b": "salt"]]])
        }
    }

    @Test func anObjectOfVeryManyMembersIsHashedInOneGo() throws {
        let members = (0..<20_000).map { JSONObject.Member(name: "m\($0)", value: 1) }
        let salts = JSONObject(members.map { JSONObject.Member(name: $0.name, value: "salt") })
        let small = JSONValue.object(JSONObject(members))
        #expect(try ContractHash(of: small) == ContractHash(of: JSONParser.parse(small.serialized())))
        let salted = JSONValue.object(JSONObject(Array(members.prefix(2000)) + [.init(name: "$forgettable", value: .object(salts))]))
        #expect(try salted.forgettingAll()["$forgotten"]?.objectValue?.count == 2000)
    }
}
