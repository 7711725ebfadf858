// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// libsodium, set up once for the process before its first use.
enum Library {
    private static let isReady: Bool = sodium_init() >= 0

    /// Every entry into libsodium that draws random numbers, or depends on the processor's features, passes here first.
    /// sodium_init fails only where the system has no source of randomness: nothing of this program may run there.
    static func start() { precondition(isReady, "libsodium can't be initialised") }
}
