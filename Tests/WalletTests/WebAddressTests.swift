// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Testing
@testable import Wallet

@Suite struct WebAddressTests {
    @Test(
        arguments: [
            ("/pay?x=1", "http://shop.test/pay?x=1"), ("pay", "http://shop.test/a/b/pay"), ("./pay", "http://shop.test/a/b/pay"),
            ("../pay", "http://shop.test/a/pay"), ("../../../../pay", "http://shop.test/pay"),
            ("?order=1", "http://shop.test/a/b/c?order=1"),
            ("//other.test/x", "http://other.test/x"), ("https://other.test", "https://other.test/"), ("", "http://shop.test/a/b/c?q=1"),
            ("/x#fragment", "http://shop.test/x"), ("#fragment", "http://shop.test/a/b/c?q=1"), ("/a/./b/..", "http://shop.test/a/"),
            ("x?u=http://y/", "http://shop.test/a/b/x?u=http://y/"), ("HTTP://SHOP.test:80/x", "http://shop.test/x"),
        ])
    func linksAreResolved(_ link: String, _ expected: String) throws {
        let base = try #require(WebAddress("http://shop.test/a/b/c?q=1"))
        #expect(base.resolving(link)?.text == expected)
    }

    @Test(arguments: [
        "", "shop.test", "/path", "ftp://shop.test/", "http://", "http:///x", "http://user@shop.test/", "http://shop.test:0/",
        "http://shop.test:99999/", "http://shop.test:8a/", "http://sh op.test/", "http://shop.test/\u{e4}", "http://shop.test\\x/",
        "http://[::1/", "http://[zz]/", "javascript:alert(1)", "http://shop%2etest/", "http://shop.test/<x>", "http://shop.test/\n",
    ])
    func whatIsNoAddressIsRefused(_ text: String) { #expect(WebAddress(text) == nil) }

    @Test func originsAreComparedWithTheirPort() throws {
        #expect(WebAddress("https://shop.test:443/x")?.origin == "https://shop.test")
        #expect(WebAddress("http://shop.test:443/x")?.origin == "http://shop.test:443")
        #expect(WebAddress("http://[::1]:8080/x")?.origin == "http://[::1]:8080")
        #expect(WebAddress("http://127.0.0.1:")?.text == "http://127.0.0.1/")
    }

    @Test func aShopsAddressEndsInASlash() throws {
        #expect(try WebAddress.ofShop("http://shop.test").text == "http://shop.test/")
        #expect(try WebAddress.ofShop("http://shop.test/books?x=1").text == "http://shop.test/books/")
        #expect(throws: WalletError.self) { try WebAddress.ofShop("shop.test") }
    }
}
