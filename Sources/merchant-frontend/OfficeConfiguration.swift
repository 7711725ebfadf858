// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Configuration
import Foundation
import HTTPServer
import Logging
import MerchantAPI
import Pages
import ProgramSupport
import ShopFrontend
import ShopOffice
import ShopStore
import TalerWire
import WebSession

/// The section `[office]` of the configuration: where the owner's back office is. Without the section there is none.
struct OfficeConfiguration {
    let settings: OfficeSettings
    let address: ServerAddress
    let templates: String
    let staticFiles: String
    private let section: ConfigurationSection

    /// - Returns: nil when the file has no such section.
    static func read(_ configuration: Configuration, _ frontend: FrontendConfiguration) throws(ConfigurationError) -> OfficeConfiguration? {
        configuration.hasSection("office") ? try OfficeConfiguration(configuration.section("office"), frontend) : nil
    }

    private init(_ section: ConfigurationSection, _ frontend: FrontendConfiguration) throws(ConfigurationError) {
        self.section = section
        address = try ServerAddress(section)
        var settings = OfficeSettings(
            shopName: frontend.settings.name, publicURL: try section.baseURL("PUBLIC_URL"), shopURL: frontend.settings.publicURL,
            smallestUnit: frontend.settings.smallestUnit)
        settings.isBehindProxy = try section.bool("BEHIND_PROXY", default: false)
        self.settings = settings
        templates = try section.path("TEMPLATES")
        staticFiles = try section.path("STATIC")
        // For programs that check and do not serve: the key is known all the same.
        _ = try section.path("TOKEN_FILE")
    }

    /// The first line of `TOKEN_FILE`, which is made at the first start.
    func token() throws -> OfficeToken {
        let path = try section.path("TOKEN_FILE")
        if !PrivateFile.exists(path) { try PrivateFile.create(Array((OfficeToken.newText() + "\n").utf8), at: path) }
        let text = String(decoding: try PrivateFile.read(path), as: UTF8.self)
        guard let token = OfficeToken(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "") else {
            throw section.error(
                "TOKEN_FILE",
                "\(path): its first line must be a token of \(OfficeToken.minimumLength) to \(OfficeToken.maximumLength) bytes")
        }
        return token
    }
}
