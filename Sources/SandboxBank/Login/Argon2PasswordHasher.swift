// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Dispatch
public import Sodium
import Synchronization

/// Argon2id, one password at a time on a queue of its own: neither Swift's threads nor the memory for many at once are taken.
///
/// A password that was right is remembered for as long as the process lives, as a keyed fingerprint under a random key, so that a
/// program that logs in with every request does not cost a hash each.
public final class Argon2PasswordHasher: PasswordHasher {
    private let cost: PasswordHash.Cost
    private let queue = DispatchQueue(label: "passwords")
    private let key = SecretBytes.random(count: 32)
    private let remembered = Mutex<Set<[UInt8]>>([])

    /// So that nobody fills the memory by registering.
    private static let maximumRemembered = 4096

    public init(cost: PasswordHash.Cost = .interactive) { self.cost = cost }

    public func hash(_ password: String) async throws -> String {
        let cost = cost
        let result = await onQueue { Result { try PasswordHash.make(password, cost: cost) } }
        return try result.get()
    }

    public func isValid(_ password: String, for hash: String) async -> Bool {
        // No hash contains a line break, so that no two pairs have one text.
        let fingerprint = try? KeyedHash.make(Array("\(hash)\n\(password)".utf8), key: key)
        if let fingerprint, remembered.withLock({ $0.contains(fingerprint) }) { return true }
        guard await onQueue({ PasswordHash.isValid(password, for: hash) }) else { return false }
        if let fingerprint {
            remembered.withLock { known in
                if known.count >= Self.maximumRemembered { known.removeAll() }
                known.insert(fingerprint)
            }
        }
        return true
    }

    private func onQueue<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in queue.async { continuation.resume(returning: work()) } }
    }
}
