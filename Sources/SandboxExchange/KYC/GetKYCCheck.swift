// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// What is still asked of an account's owner, told to him alone. With `timeout_ms` and `lpt` the answer waits: 1 for the account's key,
/// 2 for the end of a review (there is none here), 3 for the answer to everything.
struct GetKYCCheck: Endpoint {
    static let route = Route(.get, "/kyc-check/:h_payto")

    let store: ExchangeStore
    let policy: KYCPolicy
    let bell: ChangeBell<NormalizedPaytoHash>

    private enum Finding {
        case unknown
        case noKey
        case otherKey(MerchantPublicKey)
        case known(MerchantAccount)
    }

    /// - Throws: `APIError`: 400 / 29, 400 / 25 and 26, 404 / 1939, 409 / 1940, 403 / 1930.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let hash: NormalizedPaytoHash = try path.value("h_payto", or: .genericPathSegmentMalformed)
        let signature: EdDSASignature = try request.field("Account-Owner-Signature")
        let target = try request.pollTarget(upTo: 3)
        let wait = target == 0 ? .zero : try request.wait()
        let threshold = policy.threshold(of: hash, nil)
        guard threshold != nil else { return .noContent }
        let finding = try await LongPoll(bell: bell, maximum: Request.longestWait).value(
            of: hash, wait: wait,
            until: { finding in
                guard case .known(let account) = finding else { return false }
                return target < 3 || account.openRequirement == nil
            }
        ) { try await find(hash, signature) }
        switch finding {
        case .unknown:
            throw APIError(.exchangeKycCheckRequestUnknown, hint: "The exchange knows no such account.")
        case .noKey:
            throw APIError(.exchangeKycCheckAuthorizationKeyUnknown, hint: "The account has not yet named a key.")
        case .otherKey(let key):
            throw APIError(
                .exchangeKycCheckAuthorizationFailed, hint: "The owner of the account has not signed this question.",
                members: ["expected_account_pub": key.json])
        case .known(let account):
            let token = try await store.accessToken(of: hash, fresh: .random())
            return try .json(
                status: account.openRequirement == nil ? 200 : 202,
                KYCStatus(isAMLReview: false, accessToken: token.base32, limits: policy.limits(for: account, above: threshold)))
        }
    }

    private func find(_ hash: NormalizedPaytoHash, _ signature: EdDSASignature) async throws -> Finding {
        guard let account = try await store.account(hash) else { return .unknown }
        guard let key = account.accountPub else { return .noKey }
        return AccountOwnerRequest().isValid(signature, by: key) ? .known(account) : .otherKey(key)
    }
}
