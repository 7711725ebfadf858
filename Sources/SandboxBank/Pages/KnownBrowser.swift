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

    /// Where a request came from, as far as it tells clients apart; nil when nothing does: behind a UNIX socket everybody looks alike.
    func address(of request: Request) -> String? {
        if settings.isBehindProxy, let last = request.fields.all("X-Forwarded-For").last?.split(separator: ",").last {
            return ClientNetwork.text(String(last.filter { $0 != " " }.prefix(64)))
        }
        return request.peer.map(ClientNetwork.text)
    }
}
