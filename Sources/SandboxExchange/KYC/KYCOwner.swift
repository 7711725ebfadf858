// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import TalerWire

/// The account whose owner has come with an access token.
struct KYCOwner {
    let token: AccessToken
    let hash: NormalizedPaytoHash
    let account: MerchantAccount

    /// Names what is open in `/kyc-info` and `/kyc-upload`; nil when nothing is.
    var requirementID: String? { account.openRequirement.map { "\(token)-\($0)" } }

    /// - Throws: 400 / 29, 403 / 1919.
    init(_ text: String, _ store: ExchangeStore) async throws {
        do { token = try AccessToken(base32: text) } catch {
            throw APIError(
                .genericPathSegmentMalformed, hint: "The address is not right: it holds no access token.", detail: "access_token")
        }
        guard let hash = try await store.account(withToken: token), let account = try await store.account(hash) else {
            throw APIError(.exchangeKycInfoAuthorizationFailed, hint: "This address does not hold, or no longer.")
        }
        (self.hash, self.account) = (hash, account)
    }
}
