// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Turns passwords into what a database may hold.
public protocol PasswordHasher: Sendable {
    /// A text with salt and parameters.
    func hash(_ password: String) async throws -> String
    func isValid(_ password: String, for hash: String) async -> Bool
}
