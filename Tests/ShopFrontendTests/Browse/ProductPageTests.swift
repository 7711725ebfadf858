// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopCatalog
import ShopFrontend
import ShopStore
import TalerWire
import Testing

struct ProductPageTests {
    private static func delivery(_ countries: [String] = [], days: ClosedRange<Int> = 2...5, price: String? = "KUDOS:0.90") throws
        -> DeliveryTerms
    {
        let codes = try countries.map { try #require(CountryCode($0)) }
        return DeliveryTerms(
            destinations: codes.isEmpty ? .everywhere : .countries(codes), days: days, price: try price.map { try Amount($0) })
    }

    /// The page of the mug.
    private func mug(
        stock: Int? = nil, delivery: DeliveryTerms? = nil, maximumQuantity: Int = 99, taxes: [Tax] = [], query: String = ""
    ) async throws -> String {
        let catalog = try TestCatalog.goods(
            stock: stock, delivery: try delivery ?? Self.delivery(), maximumQuantity: maximumQuantity, taxes: taxes)
        let bench = try ShopBench(catalog: catalog)
        try await bench.store.setCatalogStock(catalog.stock)
        return try await bench.visitor().get("/product/mug\(query)").text
    }

    @Test func thingsThatAreSentGoIntoTheCart() async throws {
        let text = try await mug(stock: 12)
        let form = String(try #require(text.firstMatch(of: /<form method="post" action="\/cart"[\s\S]*?<\/form>/)).output)
        #expect(!text.contains("data-contract-url"))
        #expect(!text.contains("data-taler-pay"))
        #expect(form.contains("name=\"product\" value=\"mug\""))
        #expect(form.contains("name=\"quantity\" value=\"1\" min=\"1\" max=\"12\""))
        #expect(form.firstMatch(of: /name="form_token" value="[^"]{20,}"/) != nil)
        #expect(form.contains("<label for=\"quantity\">"))
    }

    @Test func otherThingsCanBePaidAtOnceOrPutIntoTheCart() async throws {
        let text = try await ShopBench().visitor().get("/product/small-change").text
        let form = String(try #require(text.firstMatch(of: /<form method="post" action="\/cart"[\s\S]*?<\/form>/)).output)
        #expect(form.contains("data-contract-url=\"/taler/contract?product=small-change\""))
        #expect(form.contains("type=\"button\" data-taler-pay"))
        #expect(form.contains("<button class=\"button plain\" type=\"submit\">Add to cart</button>"))
        #expect(!form.contains("name=\"quantity\""))
    }

    @Test(
        arguments: [
            (nil, nil), (0, "Sold out"), (1, "Only 1 left"), (3, "Only 3 left"), (5, "Only 5 left"), (6, "In stock"), (1000, "In stock"),
        ] as [(Int?, String?)])
    func thePageSaysHowManyAreLeft(stock: Int?, expected: String?) async throws {
        let text = try await mug(stock: stock)
        let fact = text.firstMatch(of: /<dt>Available<\/dt><dd>([^<]*)<\/dd>/).map { String($0.output.1) }
        #expect(fact == expected)
        #expect(text.contains("type=\"submit\" disabled aria-describedby=\"sold-out\"") == (stock == 0))
        #expect(text.contains("id=\"sold-out\"") == (stock == 0))
    }

    @Test func whatOthersHaveOrderedIsNotThereAnyMore() async throws {
        let catalog = Catalog(products: [try TestCatalog.product("a", stock: 1)])
        let bench = try ShopBench(catalog: catalog)
        try await bench.store.setCatalogStock(catalog.stock)
        _ = try await bench.visitor().offer("product=a")
        let text = try await bench.visitor().get("/product/a").text
        #expect(text.contains("<dd>Sold out</dd>"))
        #expect(!text.contains("data-contract-url"))
        #expect(text.contains("disabled"))
    }

    @Test func theQuantityHasALimit() async throws {
        #expect(try await mug(stock: 50, maximumQuantity: 7).contains("max=\"7\""))
        #expect(try await mug(stock: 3, maximumQuantity: 7).contains("max=\"3\""))
        #expect(try await mug().contains("max=\"99\""))
        #expect(!(try await mug(stock: 1).contains("name=\"quantity\"")))
    }

    @Test func deliveryIsInTheReadersWords() async throws {
        let delivery = try Self.delivery(["FR", "AT", "DE"])
        let english = try await mug(delivery: delivery)
        #expect(english.contains("<dd>Austria, France and Germany</dd>"))
        #expect(english.contains("<dd>2–5 days after the payment</dd>"))
        #expect(english.contains("<dd>0.90 KUDOS</dd>"))
        let german = try await mug(delivery: delivery, query: "?lang=de")
        #expect(german.contains("<dd>Deutschland, Frankreich und Österreich</dd>"))
        #expect(german.contains("<dd>2–5 Tage nach der Zahlung</dd>"))
        #expect(german.contains("<dd>0,90 KUDOS</dd>"))
        let free = try await mug(delivery: try Self.delivery(days: 1...1, price: nil))
        #expect(free.contains("<dd>every country</dd>"))
        #expect(free.contains("<dd>1 day after the payment</dd>"))
        #expect(free.contains("<dd>free</dd>"))
    }

    @Test(arguments: [
        ("en", "incl. 5.5% VAT, 1% Levy"), ("de", "inkl. 5,5 % MwSt., 1 % Levy"), ("fr", "dont TVA 5,5 %, Levy 1 %"),
        ("es", "incl. 5,5 % de IVA, 1 % de Levy"), ("it", "incl. IVA 5,5%, Levy 1%"),
    ])
    func taxesAreNamed(language: String, expected: String) async throws {
        let text = try await mug(
            taxes: [Tax(name: "VAT", millionths: 55_000), Tax(name: "Levy", millionths: 10_000)], query: "?lang=\(language)")
        let taxes = try #require(text.firstMatch(of: /<p class="taxes">([^<]*)<\/p>/)).output.1
        #expect(taxes.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ") == expected)
    }

    @Test func aWrongQuantityIsSaidBesideItsField() async throws {
        let text = try await mug(stock: 4, query: "?problem=quantity")
        #expect(text.contains("id=\"quantity-problem\" role=\"alert\">Please write a whole number from 1 to 4.</p>"))
        #expect(text.contains("aria-invalid=\"true\" aria-describedby=\"quantity-problem\""))
        #expect(!(try await mug(query: "?problem=nonsense").contains("role=\"alert\"")))
    }

    @Test func aWrongAmountIsSaidBesideItsFieldAndStaysThere() async throws {
        let target = "/product/keep-the-lamp-lit?problem=amount&own=%22%3E%3Cscript%3Ex"
        let text = try await ShopBench().visitor().get(target).text
        #expect(text.contains("id=\"own-problem\" role=\"alert\">Please choose an amount from 0.10 KUDOS"))
        #expect(text.contains("name=\"own\" value=\"&quot;&gt;&lt;script&gt;x\""))
        #expect(text.contains("aria-describedby=\"limits own-problem\" aria-invalid=\"true\""))
        #expect(text.contains("value=\"own\" checked"))
        #expect(text.matches(of: /\schecked/).count == 1)
        #expect(!text.contains("<script>x"))
    }

    @Test func textsAreInTheReadersLanguageAndForeignOnesSaySo() async throws {
        let essay = try await ShopBench().visitor().get("/product/small-change?lang=de").text
        #expect(essay.contains("<h1>Wozu Kleingeld gut ist</h1>"))
        #expect(essay.contains("Der Text selbst ist auf Englisch geschrieben."))
        #expect(!essay.contains("teaser fades\" lang"))
        let foreign = try await mug(query: "?lang=it")
        #expect(foreign.contains("<h1 lang=\"en\">mug</h1>"))
        #expect(foreign.contains("<div class=\"prose teaser\" lang=\"en\">"))
        #expect(foreign.contains("Questa descrizione è in inglese."))
        #expect(!(try await mug().contains("This description is in")))
    }

    @Test func whoSharesThePageHasTitleSummaryAndAddress() async throws {
        let catalog = Catalog(products: [try TestCatalog.product("a", title: "A \"title\"", summary: "<b>&")])
        let text = try await ShopBench(catalog: catalog).visitor().get("/product/a").text
        #expect(text.contains("<meta property=\"og:title\" content=\"A &quot;title&quot;\">"))
        #expect(text.contains("<meta property=\"og:description\" content=\"&lt;b&gt;&amp;\">"))
        #expect(text.contains("<meta property=\"og:url\" content=\"http://shop.example:8080/product/a\">"))
        #expect(text.contains("<link rel=\"canonical\" href=\"http://shop.example:8080/product/a\">"))
        #expect(text.contains("<meta property=\"og:image\" content=\"http://shop.example:8080/pictures/a.svg\">"))
    }

    @Test func thingsThatAreSentHaveNoContractOfTheirOwn() async throws {
        let response = try await ShopBench().visitor().get("/taler/contract?product=mug")
        #expect(response.status == 400)
    }

    @Test func aPictureThatTheBrowserHasIsNotSentAgain() async throws {
        let visitor = try ShopBench().visitor()
        let tag = try #require(try await visitor.get("/pictures/mug.svg").fields["ETag"])
        let request = try #require(Request(.get, "/pictures/mug.svg", fields: ["If-None-Match": tag], id: "r"))
        let response = await visitor.bench.shop.handler.handle(request)
        #expect(response.status == 304)
        #expect(response.body.isEmpty)
    }
}
