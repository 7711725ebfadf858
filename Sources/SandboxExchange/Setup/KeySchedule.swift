// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// For how long keys are made, in seconds, and how early.
public struct KeySchedule: Sendable, Equatable {
    /// A new period is made when the running one ends within that time.
    public var lookahead: Int64
    /// By how much a period begins before the one before it ends. Shorter than ``signing`` and ``withdraw``.
    public var overlap: Int64
    public var signing: Int64
    /// How long a signature is evidence after its key's last use.
    public var evidence: Int64
    public var withdraw: Int64
    /// How long a coin can be spent after its denomination's last withdrawal.
    public var deposit: Int64
    /// How long after the first withdrawal the books of a denomination are kept.
    public var legal: Int64

    static let day: Int64 = 86_400
    static let year: Int64 = 365 * day

    /// Signing keys and withdrawals for a year, coins for two more, the books for ten; made 60 days ahead.
    public static let standard = KeySchedule(
        lookahead: 60 * day, overlap: day, signing: year, evidence: 9 * year, withdraw: year, deposit: 2 * year, legal: 10 * year)
}
