// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
import HTTPCore
import MerchantCore
import MerchantStore
import TalerCrypto
import TalerWire

/// Makes signed contracts out of propositions. A signature leaves this process only after its contract is on the disk.
struct OfferService: Sendable {
    let identity: MerchantIdentity
    let store: MerchantStore
    let directory: ExchangeDirectory
    let clock: any WallClock

    /// - Throws: `APIError` 400 / 22, 2502, 30; 404 / 2500; 409 / 2503, 2509; 502 / 2010.
    func offer(_ contract: JSONValue) async throws -> StoredContract {
        guard let account = identity.account else {
            throw APIError(
                .merchantPrivatePostOrdersInstanceConfigurationLacksWire, hint: "No bank account is configured for this merchant.")
        }
        let now = clock.now()
        let proposition: Proposition
        do {
            proposition = try Proposition(contract, money: identity.money, merchant: identity.publicKey, now: now)
        } catch { throw APIError(error) }
        let digest = try HashCode(ofJSON: .object(proposition.json))
        if let known = try await store.offer(transactionID: proposition.transactionID, proposition: digest) { return try known.contract() }

        let mints = try await usableExchanges(for: account.payto)
        let terms = try ContractTerms(
            proposition, merchant: identity.publicKey, wireHash: account.wireHash, mints: mints, auditors: identity.auditors)
        let hash = try ContractHash(of: terms.json)
        return try await store.recordOffer(
            terms, hash: hash, signature: identity.key.sign(ContractOffer(contractHash: hash)), proposition: digest, account: account,
            now: now
        ).contract()
    }

    /// The accepted exchanges whose keys are held and which can pay our account. Fetching is waited for only as long as there is none.
    private func usableExchanges(for account: PaytoURI) async throws(APIError) -> [AcceptedExchange] {
        var usable: [AcceptedExchange] = []
        var notHeld: [AcceptedExchange] = []
        for exchange in identity.exchanges {
            guard let keys = await directory.state(of: exchange.baseURL).keys else {
                notHeld.append(exchange)
                continue
            }
            if keys.canWire(to: account) { usable.append(exchange) }
        }
        if !usable.isEmpty { return usable }
        var withoutKeys: [String] = []
        for exchange in notHeld {
            do throws(KeysError) {
                if try await directory.keys(of: exchange.baseURL).canWire(to: account) { return [exchange] }
            } catch { withoutKeys.append("\(exchange.baseURL): \(error)") }
        }
        guard withoutKeys.isEmpty else {
            throw APIError(
                .merchantGenericExchangeKeysFailure, hint: "No exchange can be used, because its keys could not be obtained yet.",
                detail: withoutKeys.joined(separator: "; "))
        }
        throw APIError(
            .merchantPrivatePostOrdersNoExchangesForWireMethod,
            hint: "No accepted exchange can pay to an account of the kind \(account.method).")
    }
}

extension MerchantStore.OfferResult {
    func contract() throws(APIError) -> StoredContract {
        switch self {
        case .stored(let contract): return contract
        case .transactionIDTaken:
            throw APIError(
                .merchantPrivatePostOrdersAlreadyExists, hint: "This transaction_id belongs to another contract.",
                members: ["field": "contract.transaction_id"])
        }
    }
}

extension APIError {
    init(_ error: PropositionError) {
        switch error {
        case .content(let error): self.init(.genericJsonInvalid, error)
        case .rule(let error): self.init(.merchantPrivatePostOrdersProposalParseError, error)
        case .currency(let error): self.init(.genericCurrencyMismatch, error)
        }
    }
}
