// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Sodium
import Testing
import WebSession

struct SignerTests {
    private let purpose = Signer.Purpose("link")
    private let signer: Signer

    init() throws { signer = try Signer(key: .random(count: 32)) }

    @Test func aSignedValueOpensAgain() {
        #expect(signer.open(signer.sign("abc", for: purpose), for: purpose) == "abc")
        #expect(signer.open(signer.sign("a.b", for: purpose), for: purpose) == "a.b")
        #expect(signer.open(signer.sign("", for: purpose), for: purpose) == "")
    }

    @Test func everyFlippedBitIsNoticed() throws {
        let text = Array(signer.sign("value", for: purpose).utf8)
        for index in text.indices {
            for bit in 0..<7 {
                var changed = text
                changed[index] ^= 1 << UInt8(bit)
                let opened = signer.open(String(decoding: changed, as: UTF8.self), for: purpose)
                #expect(opened == nil, "byte \(index) bit \(bit)")
            }
        }
    }

    @Test func truncatedExtendedAndEmptyTextsAreRefused() {
        let text = signer.sign("value", for: purpose)
        #expect(signer.open(String(text.dropLast()), for: purpose) == nil)
        #expect(signer.open(text + "0", for: purpose) == nil)
        #expect(signer.open("", for: purpose) == nil)
        #expect(signer.open(".", for: purpose) == nil)
        #expect(signer.open("value.", for: purpose) == nil)
        #expect(signer.open("value", for: purpose) == nil)
    }

    @Test func aSignatureIsWorthNothingForAnotherPurposeOrKey() throws {
        let text = signer.sign("value", for: purpose)
        #expect(signer.open(text, for: Signer.Purpose("links")) == nil)
        #expect(try Signer(key: .random(count: 32)).open(text, for: purpose) == nil)
    }

    @Test func purposeAndValueCannotBeShiftedIntoEachOther() {
        #expect(signer.signature(of: "bc", for: Signer.Purpose("a")) != signer.signature(of: "c", for: Signer.Purpose("ab")))
    }

    @Test func aShortKeyIsRefused() {
        #expect(throws: SodiumError.length(expected: 32, actual: 16)) { try Signer(key: .random(count: 16)) }
    }

    @Test func aKeptSecretSignsAsBefore() throws {
        let text = Signer.newSecretText()
        #expect(text.utf8.count == 65)
        #expect(text != Signer.newSecretText())
        let first = try #require(Signer(secretText: Array(text.utf8)))
        let second = try #require(Signer(secretText: Array(text.dropLast().utf8)))
        #expect(second.open(first.sign("x", for: purpose), for: purpose) == "x")
    }

    @Test(arguments: ["", "abc", String(repeating: "g", count: 64), String(repeating: "0", count: 63), String(repeating: "0", count: 66)])
    func aTextThatIsNoSecretIsRefused(text: String) {
        #expect(Signer(secretText: Array(text.utf8)) == nil)
    }
}
