// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Work that callers at the same time share.
actor SharedWork {
    private var work: Task<Void, any Error>?

    func once(_ body: @escaping @Sendable () async throws -> Void) async throws {
        if let work { return try await work.value }
        let work = Task { try await body() }
        self.work = work
        defer { self.work = nil }
        try await work.value
    }
}
