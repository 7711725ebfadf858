// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

/// Payto URIs of this bank's accounts: `payto://x-taler-bank/HOST[:PORT]/NAME?receiver-name=…`.
struct AccountAddress: Sendable {
    /// With its port.
    let host: String

    func payto(name: String, receiverName: String) -> String {
        "payto://x-taler-bank/\(host)/\(name)?receiver-name=\(PercentEncoding.encode(receiverName))"
    }

    /// The account's name in a payto URI of this bank, with or without query, with or without the bank's port, which many leave out.
    /// Nil for everything else.
    func name(in payto: String) -> String? {
        let prefix = "payto://x-taler-bank/"
        guard payto.prefix(prefix.count).lowercased() == prefix else { return nil }
        let target = payto.dropFirst(prefix.count).prefix { $0 != "?" }
        let segments = target.split(separator: "/", omittingEmptySubsequences: false)
        guard segments.count == 2, isHere(segments[0]), let name = PercentEncoding.decode(segments[1]),
            AccountName.isValid(name)
        else { return nil }
        return name
    }

    private func isHere(_ text: Substring) -> Bool {
        let (text, host) = (text.lowercased(), host.lowercased())
        guard text != host else { return true }
        guard let colon = host.lastIndex(of: ":"), host[colon...].dropFirst().allSatisfy(\.isNumber) else { return false }
        return text == host[..<colon]
    }
}
