// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
public import TalerWire

/// Which keys are to be taken out of use. What has expired, or is revoked already, is of no use any more and never meant.
public enum RevocationChoice: Sendable, Equatable {
    case denomination(DenominationHash)
    /// Every denomination of that value: those that are still to come, and those of which coins can only be spent.
    case value(Amount)
    case allDenominations
    case signingKey(ExchangePublicKey)
    /// Those that are still to come too.
    case allSigningKeys

    func found(in keys: KeyRecords, at now: Timestamp) -> Revocation {
        let denominations = keys.denominations.filter { $0.revoked == nil && now < $0.expireDeposit }
        let signingKeys = keys.signingKeys.filter { $0.revoked == nil && now < $0.expire }
        return switch self {
        case .denomination(let hash): Revocation(denominations: denominations.filter { $0.hash == hash }.map(\.hash))
        case .value(let value): Revocation(denominations: denominations.filter { $0.value == value }.map(\.hash))
        case .allDenominations: Revocation(denominations: denominations.map(\.hash))
        case .signingKey(let key): Revocation(signingKeys: signingKeys.filter { $0.key == key }.map(\.key))
        case .allSigningKeys: Revocation(signingKeys: signingKeys.map(\.key))
        }
    }
}

/// Keys that go out of use together.
struct Revocation {
    var denominations: [DenominationHash] = []
    var signingKeys: [ExchangePublicKey] = []

    var isEmpty: Bool { denominations.isEmpty && signingKeys.isEmpty }
}
