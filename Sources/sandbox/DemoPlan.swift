// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import Configuration
import HTTPCore
import HTTPServer
import ProgramSupport
import SandboxExchange
import TalerWire

/// Where the programs of a demonstration are: ports that were chosen once.
struct DemoPlan {
    let bank: UInt16
    let exchange: UInt16
    let backend: UInt16
    let frontend: UInt16
    let wallet: UInt16
    /// Nil in configurations from before there was a back office.
    let office: UInt16?

    static let currency = "KUDOS"

    /// Ports that are free now, and that no outgoing connection takes.
    static func choosingPorts() throws -> DemoPlan {
        let ports = try FreePorts.choose(6)
        return DemoPlan(
            bank: ports[0], exchange: ports[1], backend: ports[2], frontend: ports[3], wallet: ports[4], office: ports[5])
    }

    private init(bank: UInt16, exchange: UInt16, backend: UInt16, frontend: UInt16, wallet: UInt16, office: UInt16?) {
        self.bank = bank
        self.exchange = exchange
        self.backend = backend
        self.frontend = frontend
        self.wallet = wallet
        self.office = office
    }

    init(readingFrom configuration: Configuration) throws(ConfigurationError) {
        func port(_ section: String) throws(ConfigurationError) -> UInt16 {
            UInt16(try configuration.section(section).integer("PORT", in: 1...65535))
        }
        self.init(
            bank: try port("bank"), exchange: try port("exchange"), backend: try port("merchant"), frontend: try port("frontend"),
            wallet: try port("wallet-pages"), office: configuration.hasSection("office") ? try port("office") : nil)
    }

    private func url(_ port: UInt16) -> String { "http://127.0.0.1:\(port)/" }
    private func payto(_ account: String, _ name: String) -> String {
        "payto://x-taler-bank/127.0.0.1:\(bank)/\(account)?receiver-name=\(PercentEncoding.encode(name))"
    }

    /// Where the shop's owner works.
    var officeURL: String? { office.map(url) }

    /// For shell scripts.
    var shellAddresses: String {
        """
        bank_port=\(bank)
        exchange_port=\(exchange)
        backend_port=\(backend)
        frontend_port=\(frontend)
        wallet_port=\(wallet)
        bank_url=\(url(bank))
        exchange_url=\(url(exchange))
        backend_url=\(url(backend))
        shop_url=\(url(frontend))
        wallet_url=\(url(wallet))

        """ + (office.map { "office_port=\($0)\noffice_url=\(url($0))\n" } ?? "")
    }

    /// What the exchange's setup needs before there is a configuration file.
    func exchange(folder: String) throws -> ExchangeConfiguration {
        ExchangeConfiguration(
            baseURL: url(exchange), currency: try Currency(Self.currency), account: try PaytoURI(payto("exchange", "Sandbox Exchange")),
            databasePath: folder + "/exchange.sqlite", masterKeyPath: folder + "/exchange-master.key",
            wireGateway: WireGatewayAccess(
                baseURL: url(bank) + "accounts/exchange/taler-wire-gateway/",
                credentials: BankCredentials(username: "exchange", password: "")))
    }

    /// One file for all programs; paths begin at its folder.
    func configuration(masterPub: MasterPublicKey, resources: String) -> String {
        """
        # Made by `sandbox setup`. All programs of the demonstration read it; the money is play money.

        [bank]
        PORT = \(bank)
        BASE_URL = \(url(bank))
        DB = bank.sqlite
        CURRENCY = \(Self.currency)
        DEBT_LIMIT = \(Self.currency):0
        REGISTER_BONUS = \(Self.currency):100
        DEFAULT_EXCHANGE = \(url(exchange))
        DEFAULT_EXCHANGE_ACCOUNT = exchange
        TEMPLATES = \(resources)/bank-pages/templates
        STATIC = \(resources)/bank-pages/static
        SECRET_FILE = bank.secret

        [bank-account-exchange]
        PASSWORD_FILE = exchange.password
        RECEIVER_NAME = Sandbox Exchange

        [bank-account-shop]
        PASSWORD_FILE = shop.password
        RECEIVER_NAME = Shop
        PUBLIC = yes

        [exchange]
        PORT = \(exchange)
        BASE_URL = \(url(exchange))
        CURRENCY = \(Self.currency)
        PAYTO_URI = \(payto("exchange", "Sandbox Exchange"))
        DB = exchange.sqlite
        MASTER_KEY_FILE = exchange-master.key
        WIRE_GATEWAY_URL = \(url(bank))accounts/exchange/taler-wire-gateway/
        WIRE_GATEWAY_USERNAME = exchange
        WIRE_GATEWAY_PASSWORD_FILE = exchange.password
        BANK_URL = \(url(bank))

        [merchant]
        SERVE = tcp
        PORT = \(backend)
        KEYFILE = merchant.key
        TOKEN_FILE = merchant.token
        CURRENCY = \(Self.currency)
        DB = merchant.sqlite
        KEYS_FOLDER = merchant-keys
        WIRE_TRANSFER_DELAY = 3 weeks

        [merchant-account-shop]
        PAYTO_URI = \(payto("shop", "Shop"))
        REVENUE_URL = \(url(bank))accounts/shop/taler-revenue/
        REVENUE_USERNAME = shop
        REVENUE_PASSWORD_FILE = shop.password

        [merchant-exchange-sandbox]
        EXCHANGE_BASE_URL = \(url(exchange))
        MASTER_KEY = \(masterPub)
        CURRENCY = \(Self.currency)

        [frontend]
        SERVE = tcp
        PORT = \(frontend)
        PUBLIC_URL = \(url(frontend))
        BACKEND_URL = \(url(backend))
        BACKEND_TOKEN_FILE = merchant.token
        DB = shop.sqlite
        SECRET_FILE = shop.secret
        CATALOG = \(resources)/catalog
        TEMPLATES = \(resources)/templates
        STATIC = \(resources)/static
        CURRENCY = \(Self.currency)
        SHOP_NAME = The Lamplight Press
        HEADING = Short essays, for small change
        LEAD = Read a little for a little. Each essay costs less than a stamp, and nobody has to know that you read it.
        HEADING_DE = Kurze Essays für Kleingeld
        LEAD_DE = Ein wenig lesen für wenig Geld. Jeder Essay kostet weniger als eine Briefmarke, und niemand muss erfahren, dass Sie ihn gelesen haben.
        HEADING_FR = De courts essais pour quelques pièces
        LEAD_FR = Lire un peu, pour peu. Chaque essai coûte moins cher qu’un timbre, et personne n’a besoin de savoir que vous l’avez lu.
        HEADING_ES = Ensayos breves por unas monedas
        LEAD_ES = Lea un poco por muy poco. Cada ensayo cuesta menos que un sello, y nadie tiene por qué saber que lo ha leído.
        HEADING_IT = Brevi saggi per pochi spiccioli
        LEAD_IT = Leggere un po’ con poco. Ogni saggio costa meno di un francobollo, e nessuno deve sapere chi lo ha letto.
        WALLET_ORIGIN = \(url(wallet).dropLast())

        \(officeSection(resources: resources))[wallet]
        BANK_URL = \(url(bank))
        EXCHANGE_URL = \(url(exchange))
        EXCHANGE_MASTER_KEY = \(masterPub)

        [wallet-pages]
        PORT = \(wallet)
        CURRENCY = \(Self.currency)
        FOLDER = \(resources)/wallet-extension

        """
    }

    private func officeSection(resources: String) -> String {
        guard let office else { return "" }
        return """
            [office]
            SERVE = tcp
            PORT = \(office)
            PUBLIC_URL = \(url(office))
            TOKEN_FILE = office.token
            TEMPLATES = \(resources)/office-pages/templates
            STATIC = \(resources)/office-pages/static


            """
    }
}
