// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import HTTPCore
import Synchronization
import TalerWire

/// Whether merchants' accounts must say whose they are.
///
/// With a threshold, an account is paid nothing before it has named its merchant's key by a transfer to the exchange, and a deposit
/// above the threshold needs an owner who has identified himself.
final class KYCPolicy: Sendable {
    private let limit: Mutex<Amount?>
    private let currency: Currency
    private let situations: Situations?

    /// Rings for an account of which something is asked.
    private let bell: ChangeBell<DepositTopic>

    /// - Parameter situations: nil when they are switched off.
    init(threshold: Amount?, currency: Currency, bell: ChangeBell<DepositTopic>, situations: Situations? = nil) {
        limit = Mutex(threshold)
        self.currency = currency
        self.bell = bell
        self.situations = situations
    }

    /// Nil asks nobody anything.
    var threshold: Amount? {
        get { limit.withLock { $0 } }
        set { limit.withLock { $0 = newValue } }
    }

    /// What holds for an account of that merchant, as far as he is known. Nil asks its owner nothing.
    func threshold(of account: NormalizedPaytoHash, _ merchant: MerchantPublicKey?) -> Amount? {
        situations?.needsKYC(account, of: merchant) == true ? .zero(currency) : threshold
    }

    /// - Throws: 451 / 1028 with `h_payto`, `requirement_row` (0 before the account's key is known) and as they apply `account_pub`,
    ///   `bad_kyc_auth`.
    func check(_ batch: DepositBatch, _ store: ExchangeStore, at now: Timestamp) async throws {
        let isWanted = SituationEffects.current?[.kyc] != nil
        guard let threshold = isWanted ? .zero(currency) : threshold else { return }
        let account = try await store.account(batch.accountHash)
        guard let key = account?.accountPub, key == batch.merchantPub else {
            throw Self.refusal(batch.accountHash, row: 0, key: account?.accountPub, isKeyBad: true)
        }
        let total = try Amount.sum(batch.coins.map(\.contribution), in: store.currency)
        guard try threshold.isLess(than: total) else { return }
        let requirement = try await store.requireIdentification(of: batch.accountHash, at: now)
        guard !requirement.isFulfilled else { return }
        bell.ring(.account(batch.accountHash))
        throw Self.refusal(batch.accountHash, row: requirement.row, key: key, isKeyBad: false)
    }

    /// What the owner of an account may do before he has identified himself, as `/kyc-check` lists it.
    func limits(for account: MerchantAccount, above threshold: Amount?) -> [JSONValue] {
        guard let threshold, !account.isIdentified else { return [] }
        return [
            .object([
                "rule_name": "deposit", "soft_limit": .bool(true), "operation_type": "DEPOSIT",
                // A single deposit is what is limited.
                "timeframe": .object(["d_us": .integer(0)]), "threshold": threshold.json,
            ])
        ]
    }

    private static func refusal(_ account: NormalizedPaytoHash, row: Int64, key: MerchantPublicKey?, isKeyBad: Bool) -> APIError {
        var members: JSONObject = ["h_payto": account.json, "requirement_row": .integer(row)]
        members["account_pub"] = key?.json
        if isKeyBad { members["bad_kyc_auth"] = .bool(true) }
        return APIError(
            .exchangeGenericKycRequired,
            hint: isKeyBad
                ? "The account must first name this merchant's key by a transfer to the exchange, with the subject KYC: and the key."
                : "The owner of the account must first say who he is.", members: members)
    }
}
