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
        do { token = try AccessToken(base32: text) } catch { throw APIError(.genericPathSegmentMalformed, detail: "access_token") }
        guard let hash = try await store.account(withToken: token), let account = try await store.account(hash) else {
            throw APIError(.exchangeKycInfoAuthorizationFailed, hint: "This address does not hold, or no longer.")
        }
        (self.hash, self.account) = (hash, account)
    }
}

/// What the owner of an account is asked, for programs.
struct GetKYCInfo: Endpoint {
    static let route = Route(.get, "/kyc-info/:access_token")
    let store: ExchangeStore

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let owner = try await KYCOwner(path["access_token"], store)
        let requirements: [JSONValue] =
            owner.requirementID.map { id in
                [
                    .object([
                        "form": "sandbox", "id": .string(id), "context": .object([:]),
                        "description": "A sandbox asks for your consent only.",
                        "description_i18n": .object([:]),
                    ])
                ]
            } ?? []
        return Response(
            json: .object([
                "requirements": .array(requirements), "is_and_combinator": .bool(true), "voluntary_measures": .array([]),
            ]))
    }
}

/// Takes the answer to what is open.
struct KYCFulfilment: Sendable {
    let store: ExchangeStore
    let bell: ChangeBell<NormalizedPaytoHash>
    let payouts: PayoutLoop
    let clock: any WallClock

    /// Does nothing when nothing is open.
    func fulfil(_ owner: KYCOwner) async throws {
        guard let requirement = owner.account.openRequirement else { return }
        guard try await store.fulfil(requirement, of: owner.hash, at: clock.now()) else { return }
        bell.ring(owner.hash)
        // What was held back can be paid now.
        payouts.wake()
    }
}

/// Fulfils a requirement of `/kyc-info`; a sandbox looks at nothing that is sent.
struct PostKYCUpload: Endpoint {
    static let route = Route(.post, "/kyc-upload/:id")
    let store: ExchangeStore
    let fulfilment: KYCFulfilment

    /// - Throws: 400 / 29, 403 / 1919, 409 / 1941 for what was answered before, 404 / 1939 for what was never asked.
    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        let parts = path["id"].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let owner = try await KYCOwner(parts.first.map(String.init) ?? "", store)
        guard parts.count == 2, let row = Int64(parts[1]), let requirement = owner.account.requirement, requirement.row == row else {
            throw APIError(.exchangeKycCheckRequestUnknown, hint: "That was never asked of this account.")
        }
        guard !requirement.isFulfilled else { throw APIError(.exchangeKycFormAlreadyUploaded) }
        try await fulfilment.fulfil(owner)
        return .noContent
    }
}
