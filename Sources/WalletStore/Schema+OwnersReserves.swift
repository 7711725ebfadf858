// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension Schema {
    /// Reserves that are filled by their owner at the bank's pages: such a reserve begins as `transferred`.
    static let ownersReserves = """
        ALTER TABLE reserve ADD COLUMN is_filled_by_owner INTEGER NOT NULL DEFAULT 0 CHECK (is_filled_by_owner IN (0, 1));
        """
}
