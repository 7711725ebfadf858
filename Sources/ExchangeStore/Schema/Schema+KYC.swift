// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Who merchants' accounts belong to.

extension Schema {
    static let kyc = """
        -- h_payto and payto are the normalized URI's; account_pub comes from a transfer that the account made.
        CREATE TABLE merchant_account (
            h_payto BLOB PRIMARY KEY CHECK (length(h_payto) = 32),
            payto TEXT NOT NULL UNIQUE,
            account_pub BLOB CHECK (length(account_pub) = 32),
            access_token BLOB UNIQUE CHECK (length(access_token) = 32)
        ) STRICT;

        -- id is the requirement_row of answers.
        CREATE TABLE kyc_requirement (
            id INTEGER PRIMARY KEY,
            h_payto BLOB NOT NULL UNIQUE REFERENCES merchant_account,
            date INTEGER NOT NULL CHECK (date >= 0),
            fulfilled INTEGER CHECK (fulfilled >= 0)
        ) STRICT;
        """
}
