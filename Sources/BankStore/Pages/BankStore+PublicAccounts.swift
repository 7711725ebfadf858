// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import GRDB

extension BankStore {
    /// Lets everybody read an account's balance and history, or nobody but its owner.
    /// - Throws: ``BankStoreError/unknownAccount``.
    public func setPublic(_ isPublic: Bool, account: Int64) async throws(BankStoreError) {
        try await write { db in
            try db.execute(sql: "UPDATE account SET is_public = ? WHERE number = ?", arguments: [isPublic, account])
            guard db.changesCount == 1 else { throw BankStoreError.unknownAccount }
        }
    }

    /// The first so many accounts that everybody may read, by name.
    public func publicAccounts(limit: Int = 200) async throws(BankStoreError) -> [Account] {
        try await read { db in
            try AccountRow.fetchAll(db, sql: AccountRow.query + "WHERE is_public ORDER BY name LIMIT ?", arguments: [limit])
                .map { try $0.account(self) }
        }
    }
}
