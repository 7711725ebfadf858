// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient

extension ExchangeDirectory {
    /// Keys fetched anew of an exchange whose answer does not fit those held, configured or vouched for by an auditor; what is held when it
    /// was asked a moment ago.
    func freshKeys(of baseURL: String) async throws(KeysError) -> VerifiedKeys {
        if entries.contains(where: { $0.baseURL == baseURL }) { return try await refresh(baseURL, for: .answer) }
        return try await keys(ofUnlisted: baseURL) { _ in false }
    }
}
