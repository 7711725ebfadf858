// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Configuration
import Foundation
import Localization
import ProgramSupport
import ShopCatalog
import ShopFrontend
import TalerWire
import WebSession

/// The section `[frontend]` of the configuration.
struct FrontendConfiguration {
    let settings: ShopSettings
    let catalog: String
    let templates: String
    let staticFiles: String
    let backendURL: String
    let section: ConfigurationSection

    init(_ configuration: Configuration) throws(ConfigurationError) {
        section = configuration.section("frontend")
        let currency = try section.currency("CURRENCY")
        var settings = ShopSettings(
            name: try section.string("SHOP_NAME"), publicURL: try section.baseURL("PUBLIC_URL"),
            smallestUnit: try section.amount("SMALLEST_UNIT", default: try Self.hundredths(currency, 1, section)),
            maximumFee: try section.amount("MAX_FEE", default: try Self.hundredths(currency, 10, section)),
            walletOrigin: try Self.origin("WALLET_ORIGIN", section),
            address: ["country", "city", "zip_code", "street"].compactMap { [section] part in
                section.optionalString(part.uppercased()).map { (part, $0) }
            })
        settings.taxNumber = section.optionalString("TAX_NUMBER")
        settings.isBehindProxy = try section.bool("BEHIND_PROXY", default: false)
        settings.offerTime = try section.duration("OFFER_TIME", default: .seconds(3600)).components.seconds
        settings.refundTime = try section.duration("REFUND_TIME", default: .seconds(86400)).components.seconds
        guard settings.offerTime > 0 else { throw section.error("OFFER_TIME", "it must be longer than nothing") }
        if let languages = try Self.languages(section) { settings.languages = languages }
        settings.heading = Self.texts("HEADING", section, settings.languages)
        settings.lead = Self.texts("LEAD", section, settings.languages)
        settings.contact = try Self.link("CONTACT", section)
        settings.legal = try Self.link("LEGAL_URL", section)
        self.settings = settings
        catalog = try section.path("CATALOG")
        templates = try section.path("TEMPLATES")
        staticFiles = try section.path("STATIC")
        backendURL = try section.baseURL("BACKEND_URL")
    }

    var catalogRules: CatalogRules {
        CatalogRules(smallestUnit: settings.smallestUnit, language: settings.languages.first ?? .english)
    }

    /// The texts of the pages, in the languages that the shop offers.
    func texts() throws(TextError) -> Texts { try Texts(folder: templates + "/texts", languages: settings.languages) }

    /// `KEY` in the shop's first language, `KEY_DE` and so on in the others.
    private static func texts(_ key: String, _ section: ConfigurationSection, _ languages: [Language]) -> [Language: String] {
        var texts: [Language: String] = [:]
        if let first = languages.first, let text = section.optionalString(key), !text.isEmpty { texts[first] = text }
        for language in languages {
            if let text = section.optionalString("\(key)_\(language.code.uppercased())"), !text.isEmpty { texts[language] = text }
        }
        return texts
    }

    /// An address of the web or of mail; nil when there is none. `name@host` is an address of mail.
    private static func link(_ key: String, _ section: ConfigurationSection) throws(ConfigurationError) -> String? {
        guard let text = section.optionalString(key), !text.isEmpty else { return nil }
        let isMail = text.contains("@") && !text.contains(":") && !text.contains("/")
        let address = isMail ? "mailto:" + text : text
        let rest = ["https://", "http://", "mailto:"].first { address.hasPrefix($0) }.map { address.dropFirst($0.count) } ?? ""
        guard !rest.isEmpty, rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw section.error(key, "an address that begins with https://, http:// or mailto: is needed")
        }
        return address
    }

    /// `LANGUAGES`: codes in the order of preference; nil when the owner leaves it to the program.
    private static func languages(_ section: ConfigurationSection) throws(ConfigurationError) -> [Language]? {
        guard let text = section.optionalString("LANGUAGES") else { return nil }
        var languages: [Language] = []
        for code in text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," }) {
            guard let language = Language(rawValue: String(code)) else {
                let known = Language.allCases.map(\.code).joined(separator: ", ")
                throw section.error("LANGUAGES", "“\(code)” is none of \(known)")
            }
            guard !languages.contains(language) else { throw section.error("LANGUAGES", "“\(code)” stands there twice") }
            languages.append(language)
        }
        guard !languages.isEmpty else { throw section.error("LANGUAGES", "at least one language is needed") }
        return languages
    }

    /// The backend's bearer token: the first line of `BACKEND_TOKEN_FILE`.
    func backendToken() throws(ConfigurationError) -> String {
        let path = try section.path("BACKEND_TOKEN_FILE")
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self),
            let line = text.split(whereSeparator: \.isNewline).first
        else { throw section.error("BACKEND_TOKEN_FILE", "\(path): the file cannot be read or is empty") }
        let token = String(line.drop { $0 == " " })
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw section.error("BACKEND_TOKEN_FILE", "\(path): a token is one word of ASCII characters")
        }
        return token
    }

    /// The key for links and cookies, made at the first start.
    func signer() throws -> Signer {
        let path = try section.path("SECRET_FILE")
        if !PrivateFile.exists(path) { try PrivateFile.create(Array(Signer.newSecretText().utf8), at: path) }
        guard let signer = Signer(secretText: try PrivateFile.read(path)) else {
            throw section.error("SECRET_FILE", "\(path): 64 hexadecimal digits are needed")
        }
        return signer
    }

    private static func hundredths(
        _ currency: Currency, _ count: UInt32, _ section: ConfigurationSection
    ) throws(ConfigurationError) -> Amount {
        do { return try Amount(currency, value: 0, fraction: count * (Amount.fractionBase / 100)) } catch {
            throw section.error("CURRENCY", "\(error)")
        }
    }

    /// `scheme://host[:port]`, with or without a slash at its end: it stands in the pages' security policy.
    private static func origin(_ key: String, _ section: ConfigurationSection) throws(ConfigurationError) -> String? {
        guard let text = section.optionalString(key) else { return nil }
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        let host = ["https://", "http://"].first { trimmed.hasPrefix($0) }.map { trimmed.dropFirst($0.count) } ?? ""
        let isHost = host.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || ".-:[]".utf8.contains($0)
        }
        guard !host.isEmpty, isHost else { throw section.error(key, "an origin like http://127.0.0.1:8084 is needed") }
        return trimmed
    }
}
