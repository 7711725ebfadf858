// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Configuration
import SandboxExchange

extension KeySchedule {
    /// Reads `[exchange] SIGNKEY_DURATION, SIGNKEY_LEGAL_DURATION, DENOM_WITHDRAW_DURATION, DENOM_DEPOSIT_DURATION, DENOM_LEGAL_DURATION,
    /// OVERLAP, LOOKAHEAD`, each as in ``standard`` if it is not there. They are whole seconds.
    init(_ section: ConfigurationSection) throws(ConfigurationError) {
        self = .standard
        signing = try Self.seconds(section, "SIGNKEY_DURATION", signing, from: 1)
        evidence = try Self.seconds(section, "SIGNKEY_LEGAL_DURATION", evidence, from: 0)
        withdraw = try Self.seconds(section, "DENOM_WITHDRAW_DURATION", withdraw, from: 1)
        deposit = try Self.seconds(section, "DENOM_DEPOSIT_DURATION", deposit, from: 0)
        legal = try Self.seconds(section, "DENOM_LEGAL_DURATION", legal, from: 0)
        overlap = try Self.seconds(section, "OVERLAP", overlap, from: 0)
        lookahead = try Self.seconds(section, "LOOKAHEAD", lookahead, from: 1)
        // Each period must end later than the one before it.
        guard overlap < min(signing, withdraw) else {
            throw section.error("OVERLAP", "it must be shorter than SIGNKEY_DURATION and DENOM_WITHDRAW_DURATION")
        }
        let count = lookahead / (min(signing, withdraw) - overlap)
        guard count <= Self.mostPeriods else {
            throw section.error("LOOKAHEAD", "\(count) periods would have to be made ahead: \(Self.mostPeriods) at most")
        }
    }

    private static let mostPeriods: Int64 = 100
    /// Beyond it times are no longer told apart from "never".
    private static let longest: Int64 = 1000 * 365 * 86_400

    private static func seconds(
        _ section: ConfigurationSection, _ key: String, _ standard: Int64, from least: Int64
    ) throws(ConfigurationError) -> Int64 {
        let (seconds, rest) = try section.duration(key, default: .seconds(standard)).components
        guard rest == 0, (least...longest).contains(seconds) else {
            throw section.error(key, "whole seconds are needed, from \(least) s to 1000 years")
        }
        return seconds
    }
}
