// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import WebSession

/// The cookie of a browser that has logged in to an account before: account number and a random name, signed.
extension BankPages {
    /// The browser's name when it is known for this account.
    func knownBrowser(_ request: Request, of account: Int64?) -> String? {
        guard let account, let value = browserCookie.session(of: request), value.hasPrefix("\(account)-") else { return nil }
        return value
    }

    func remember(_ request: Request, for account: Int64, in response: inout Response) {
        guard knownBrowser(request, of: account) == nil else { return }
        browserCookie.set("\(account)-\(Self.newName())", in: &response)
    }

    /// Nil when nothing tells clients apart.
    func address(of request: Request) -> String? { request.clientNetwork(isBehindProxy: settings.isBehindProxy) }
}
