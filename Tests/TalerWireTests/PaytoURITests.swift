// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import Testing

@Suite struct PaytoURITests {
    @Test(arguments: [
        "", "payto://", "payto:///x", "payto://iban", "payto://iban/", "payto://iban/?receiver-name=M", "payto://x-taler-bank/",
        "payto://x-taler-bank/host/?receiver-name=M", "payto://x-taler-bank//account?receiver-name=M",
        "payto://x-taler-bank/host/a?receiver-name", "payto://iban/A/B/DE75512108001245126199?receiver-name=M",
        "payto://iban/DE75512108001245126199?receiver-name=M N", "payto://iban/DE7551210800124512619é?receiver-name=M",
        "payto://void/\u{0}", "payto://iban/DE+5512108001245126199?receiver-name=M",
    ])
    func whatIsNoAccountIsRefused(_ text: String) {
        #expect(throws: WireError.self) { try PaytoURI(text) }
        #expect(throws: JSONError.self) { try PaytoURI(json: .string(text)) }
    }

    @Test func anOverlongURIIsRefused() {
        #expect(throws: WireError.self) { try PaytoURI("payto://void/" + String(repeating: "x", count: 1024)) }
    }

    @Test func twoSpellingsOfAnAccountAreTheSame() throws {
        let account = try PaytoURI("payto://x-taler-bank/bank.example/Shop?receiver-name=Shop")
        #expect(account.isSameAccount(as: try PaytoURI("payto://x-taler-bank/BANK.example/Shop?receiver-name=Other&x=y")))
        #expect(!account.isSameAccount(as: try PaytoURI("payto://x-taler-bank/bank.example/shop?receiver-name=Shop")))
        #expect(account.receiverName == "Shop")
        #expect(account.argument("x") == nil)
        #expect(account.json == .string(account.text))
    }
}
