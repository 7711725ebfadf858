// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerWire

extension KeyTable {
    /// The keys as the request that is being answered finds them; nil when it finds them as they are.
    func seenInSituation() -> KeyTable? {
        guard let effects = SituationEffects.current else { return nil }
        var table = self
        if effects[.denominationsUnknown] != nil { table.denominations = [] }
        if effects[.denominationsExpired] != nil {
            table.change { terms in
                terms.expireWithdraw = .zero
                terms.expireDeposit = .zero
            }
        }
        if effects[.denominationsFuture] != nil { table.change { $0.start = .never } }
        if effects[.denominationsRevoked] != nil { table.change { $0.revoked = $0.revoked ?? $0.start } }
        if let end = effects.situations.filter({ $0.name == .keysExpiring }).compactMap(\.end).max() {
            let ending = table.signers.filter { $0.terms.expire <= end }
            if !ending.isEmpty { table.signers = ending }
        }
        return effects.changesKeys ? table : nil
    }

    private mutating func change(_ change: (inout DenominationRecord) -> Void) {
        denominations = denominations.map { denomination in
            var denomination = denomination
            change(&denomination.terms)
            return denomination
        }
    }

    /// Whether a signing key ends between the two times.
    func hasSigner(endingIn range: Range<Timestamp>) -> Bool { signers.contains { range.contains($0.terms.expire) } }
}

extension SituationEffects {
    fileprivate var changesKeys: Bool {
        situations.contains { situation in
            switch situation.name {
            case .denominationsExpired, .denominationsFuture, .denominationsRevoked, .denominationsUnknown, .keysExpiring: true
            default: false
            }
        }
    }
}
