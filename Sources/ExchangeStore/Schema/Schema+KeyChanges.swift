// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// Keys that come and go while the exchange serves.

extension Schema {
    static let keyChanges = """
        -- What the offline key signed to take a key out of use (1029, 1020); a denomination's time is in its column revoked.
        ALTER TABLE denomination ADD COLUMN revocation_sig BLOB
            CHECK (revocation_sig IS NULL OR revoked IS NOT NULL AND length(revocation_sig) = 64);
        ALTER TABLE signing_key ADD COLUMN revoked INTEGER CHECK (revoked >= 0);
        ALTER TABLE signing_key ADD COLUMN revocation_sig BLOB
            CHECK ((revoked IS NULL) = (revocation_sig IS NULL) AND (revocation_sig IS NULL OR length(revocation_sig) = 64));

        -- Which state of the keys this is: a serving process looks at it to see that another process has changed them.
        CREATE TABLE key_generation (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            generation INTEGER NOT NULL
        ) STRICT;
        INSERT INTO key_generation VALUES (1, 1);
        \(["signing_key", "denomination", "wire_account", "wire_fee", "global_fee"].map(noticing).joined(separator: "\n"))
        """

    private static func noticing(_ table: String) -> String {
        ["INSERT", "UPDATE", "DELETE"].map { event in
            """
            CREATE TRIGGER \(table)_\(event.lowercased()) AFTER \(event) ON \(table)
            BEGIN UPDATE key_generation SET generation = generation + 1; END;
            """
        }.joined(separator: "\n")
    }
}
