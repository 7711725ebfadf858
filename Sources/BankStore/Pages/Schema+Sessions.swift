// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension BankSchema {
    /// What finds the sessions that end, so that a login does not read all others.
    static let sessions = """
        CREATE INDEX session_by_begin ON session (begun_at);
        CREATE INDEX session_by_account ON session (account, id);
        """
}
