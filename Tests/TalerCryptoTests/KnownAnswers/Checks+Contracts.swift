// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

extension Checks {
    static func contractHash(_ answer: KnownAnswer) throws {
        let text = answer.text("json_text")
        guard answer.value["parse_error"] == nil else {
            #expect(throws: JSONError.self) { try JSONParser.parse(text, duplicates: .keepLast) }
            return
        }
        // The library lets the last of two members with one name count. At this program's door such a text is refused.
        let contract = try JSONParser.parse(text, duplicates: .keepLast)
        guard answer.integer("return_code") == 1 else {
            #expect(throws: JSONError.self) { try ContractHash(of: contract) }
            #expect(throws: JSONError.self) { try HashCode(ofJSON: contract) }
            return
        }
        let canonical = try CanonicalJSON.encode(contract)
        #expect(String(decoding: canonical, as: UTF8.self) == answer.text("canonical_json_of_input"))
        #expect(canonical == answer.hex("canonical_json_of_input_utf8_hex"))
        let hash = try ContractHash(of: contract)
        #expect(hash.base32 == answer.text("h_contract_terms"))
        #expect(hash.bytes == answer.hex("h_contract_terms_hex"))
        for member in ["after_part_forget_secret", "after_part_forget_outer"] {
            guard let forgotten = answer.value[member] else { continue }
            #expect(try ContractHash(of: forgotten).base32 == answer.text("h_contract_terms_after_forget"))
            #expect(try ContractHash(of: forgotten) == hash)
        }
        #expect(try ContractHash(of: contract.forgettingAll()) == hash)
    }

    static func policyHash(_ answer: KnownAnswer) throws {
        #expect(try HashCode(ofPolicy: JSONParser.parse(answer.text("policy_json"))).base32 == answer.text("h_policy"))
    }
}
