// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Why amounts could not be added, subtracted or scaled.
public enum AmountError: Error, Equatable {
    /// The two amounts are of different currencies.
    case currencyMismatch
    /// The result is above 2^52 units.
    case overflow
    /// The result would be below zero.
    case negative
}
