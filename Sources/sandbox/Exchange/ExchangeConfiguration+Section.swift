// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankAPI
import Configuration
import ProgramSupport
import SandboxExchange
import TalerWire

extension ExchangeConfiguration {
    /// Reads `[exchange] BASE_URL, CURRENCY, PAYTO_URI, DB, MASTER_KEY_FILE, WIRE_GATEWAY_URL, WIRE_GATEWAY_USERNAME,
    /// WIRE_GATEWAY_PASSWORD_FILE`, and if they are there `BANK_URL`, `KYC_THRESHOLD`, and what ``KeySchedule`` and `RSA_KEYSIZE` say
    /// of keys.
    init(_ section: ConfigurationSection) throws {
        let password = String(decoding: try PrivateFile.read(section.path("WIRE_GATEWAY_PASSWORD_FILE")), as: UTF8.self)
        let account: PaytoURI
        do { account = try PaytoURI(section.string("PAYTO_URI")) } catch let error as WireError {
            throw section.error("PAYTO_URI", "\(error)")
        }
        self.init(
            baseURL: try section.baseURL("BASE_URL"), currency: try section.currency("CURRENCY"), account: account,
            databasePath: try section.path("DB"), masterKeyPath: try section.path("MASTER_KEY_FILE"),
            wireGateway: WireGatewayAccess(
                baseURL: try section.baseURL("WIRE_GATEWAY_URL"),
                credentials: BankCredentials(
                    username: try section.string("WIRE_GATEWAY_USERNAME"),
                    password: password.split(separator: "\n").first.map(String.init) ?? "")),
            bankURL: try section.has("BANK_URL") ? section.baseURL("BANK_URL") : nil,
            kycThreshold: try section.has("KYC_THRESHOLD") ? section.amount("KYC_THRESHOLD", currency: section.currency("CURRENCY")) : nil)
        keySchedule = try KeySchedule(section)
        denominationKeyBits = try section.integer("RSA_KEYSIZE", in: 1024...8192, default: denominationKeyBits)
        guard denominationKeyBits.isMultiple(of: 2) else { throw section.error("RSA_KEYSIZE", "an even number is needed") }
    }
}
