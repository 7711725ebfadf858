// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import GRDB
public import TalerWire

/// What an exchange wants to know of the merchant before it takes money for an account: what its last 451 said.
public struct KYCNeed: Sendable, Equatable {
    public let accountID: Int64
    public let exchangeURL: String
    /// Of the account's normalized payto URI; names the account at `/kyc-check`.
    public let paytoHash: PaytoHash?
    /// The key that the exchange has for the account.
    public let accountPub: MerchantPublicKey?
    /// The account has not made the transfer that proves whose merchant key it is.
    public let isBadKYCAuth: Bool
    public let requirementRow: Int64?
    /// When the exchange asked for the first time.
    public let since: Timestamp

    public init(
        accountID: Int64, exchangeURL: String, paytoHash: PaytoHash?, accountPub: MerchantPublicKey?, isBadKYCAuth: Bool,
        requirementRow: Int64?, since: Timestamp
    ) {
        self.accountID = accountID
        self.exchangeURL = exchangeURL
        self.paytoHash = paytoHash
        self.accountPub = accountPub
        self.isBadKYCAuth = isBadKYCAuth
        self.requirementRow = requirementRow
        self.since = since
    }
}

extension MerchantStore {
    /// Keeps what a 451 said. A need that is known already keeps its beginning.
    public func recordKYCNeed(_ need: KYCNeed) async throws(MerchantStoreError) {
        try await Self.orFailAsync {
            try await database.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO kyc_need (account_id, exchange_url, h_payto, account_pub, bad_kyc_auth, requirement_row, since)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (account_id, exchange_url) DO UPDATE SET h_payto = excluded.h_payto,
                            account_pub = excluded.account_pub, bad_kyc_auth = excluded.bad_kyc_auth,
                            requirement_row = excluded.requirement_row
                        """,
                    arguments: [
                        need.accountID, need.exchangeURL, need.paytoHash?.blob, need.accountPub?.blob, need.isBadKYCAuth,
                        need.requirementRow, need.since.storedSeconds,
                    ])
            }
        }
    }

    /// Every need that no accepted deposit has ended, oldest first.
    public func kycNeeds() async throws(MerchantStoreError) -> [KYCNeed] {
        try await Self.orFailAsync {
            try await database.read { database in
                try Row.fetchAll(database, sql: "SELECT * FROM kyc_need ORDER BY since, account_id, exchange_url").map(KYCNeed.init(row:))
            }
        }
    }
}

extension KYCNeed {
    init(row: Row) throws {
        self.init(
            accountID: row["account_id"], exchangeURL: row["exchange_url"],
            paytoHash: try (row["h_payto"] as Data?).map { try PaytoHash(Array($0)) },
            accountPub: try (row["account_pub"] as Data?).map { try MerchantPublicKey(Array($0)) }, isBadKYCAuth: row["bad_kyc_auth"],
            requirementRow: row["requirement_row"], since: try Timestamp(stored: row["since"]))
    }
}
