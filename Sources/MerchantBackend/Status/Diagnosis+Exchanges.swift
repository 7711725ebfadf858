// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import TalerWire

extension Diagnosis {
    /// Seconds by which clocks may differ without a word, and without harm.
    private static let quietSkew: Int64 = 60
    private static let harmlessSkew: Int64 = 600

    static func exchange(_ exchange: ExchangeFacts, _ facts: Facts) -> [Finding] {
        var found: [Finding] = []
        if let error = exchange.error { found.append(finding(error, exchange)) }
        if let keys = exchange.keys {
            found += self.keys(keys, exchange, facts)
        } else if exchange.error == nil {
            found.append(
                Finding(
                    .keysNotFetchedYet, .warning, subject: exchange.baseURL, "The exchange's keys have not been fetched yet.",
                    advice: "Look again in a moment."))
        }
        if let skew = exchange.clockSkew, skew.magnitude >= UInt64(quietSkew) {
            found.append(
                Finding(
                    .clockSkew, skew.magnitude > UInt64(harmlessSkew) ? .problem : .warning, subject: exchange.baseURL,
                    "The clocks of this machine and of the exchange are \(skew.magnitude) seconds apart.",
                    advice: "Let this machine's clock be set by the network (systemd-timesyncd, chrony)."))
        }
        return found
    }

    private static func finding(_ error: KeysError, _ exchange: ExchangeFacts) -> Finding {
        let url = exchange.baseURL
        return switch error {
        case .unreachable(let reason): unreachable(url, reason)
        // What stands in front of an exchange that is away.
        case .status(let status) where status >= 500: unreachable(url, "it answered \(status)")
        case .otherMasterKey:
            Finding(
                .masterKeyMismatch, .problem, subject: url, "The exchange is not the one that was configured: \(error).",
                advice:
                    "Ask the exchange's operator by another way for its master key. Only if they confirm the new one, put it into MASTER_KEY; otherwise somebody stands in between."
            )
        case .version:
            Finding(
                .versionUnsupported, .problem, subject: url, "The exchange speaks no protocol that is known here: \(error).",
                advice: "Upgrade this program.")
        case .otherCurrency:
            Finding(
                .currencyMismatch, .problem, subject: url, "The exchange is for another currency: \(error).",
                advice: "Remove the exchange from the configuration, or take its currency.")
        default:
            Finding(
                .exchangeKeysInvalid, .problem, subject: url, "The exchange's keys cannot be used: \(error).",
                advice: "Nothing of it is believed meanwhile; tell the exchange's operator.")
        }
    }

    private static func unreachable(_ url: String, _ reason: String) -> Finding {
        Finding(
            .exchangeUnreachable, .problem, subject: url, "The exchange cannot be reached: \(reason).",
            advice: "Payments with its coins wait until it can; look at this machine's network and at the exchange's own news.")
    }

    private static func keys(_ keys: KeysFacts, _ exchange: ExchangeFacts, _ facts: Facts) -> [Finding] {
        var found: [Finding] = []
        let url = exchange.baseURL
        if keys.depositable == 0 || keys.signingUntil <= facts.now {
            found.append(
                Finding(
                    .keysExpired, .problem, subject: url, "The exchange's keys have expired: none of its coins can be taken.",
                    advice: "The exchange has to publish new ones; tell its operator."))
        } else if keys.depositableUntil < facts.now.advanced(bySeconds: 7 * 86_400) {
            found.append(
                Finding(
                    .keysExpiring, .warning, subject: url, "The last of the exchange's coins that can be taken expire within a week.",
                    advice: "The exchange has to publish new ones before; tell its operator."))
        }
        if keys.issued < facts.now.advanced(bySeconds: -7 * 86_400) {
            found.append(
                Finding(
                    .keysOld, .warning, subject: url, "The list of the exchange's keys is older than a week.",
                    advice: "Newer ones could not be had, or the exchange is not looked after."))
        }
        if keys.canWire == false {
            found.append(
                Finding(
                    .wireMethodUnsupported, .problem, subject: url, "The exchange has no account from which it can pay ours.",
                    advice: "Configure an account of a kind, and in a country, that this exchange pays to."))
        }
        return found
    }
}
