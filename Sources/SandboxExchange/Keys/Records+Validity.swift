// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeStore
import TalerCrypto
import TalerWire

// What the offline key signs of each record: the same for the setup that signs and the server that checks.

extension SigningKeyRecord {
    var validity: SigningKeyValidity { SigningKeyValidity(start: start, expire: expire, end: end, signingKey: key) }

    /// It is not revoked, or the offline key has signed that it is.
    func isRevocationValid(_ masterPub: MasterPublicKey) -> Bool {
        guard revoked != nil else { return true }
        return revocationSignature.map { SigningKeyRevocation(signingKey: key).isValid($0, by: masterPub) } ?? false
    }
}

extension DenominationRecord {
    func validity(_ masterPub: MasterPublicKey) -> DenominationValidity {
        DenominationValidity(
            masterPub: masterPub, start: start, expireWithdraw: expireWithdraw, expireDeposit: expireDeposit, expireLegal: expireLegal,
            value: value, feeWithdraw: feeWithdraw, feeDeposit: feeDeposit, feeRefresh: feeRefresh, feeRefund: feeRefund,
            denominationHash: hash)
    }

    /// It is not revoked, or the offline key has signed that it is.
    func isRevocationValid(_ masterPub: MasterPublicKey) -> Bool {
        guard revoked != nil else { return true }
        return revocationSignature.map { DenominationRevocation(denominationHash: hash).isValid($0, by: masterPub) } ?? false
    }
}

extension WireAccountRecord {
    static func validity(_ payto: PaytoURI) throws -> WireAccountValidity {
        let none = try HashCode(ofJSON: [])
        return WireAccountValidity(
            paytoHash: PaytoHash(of: payto), conversionURLHash: .zero, debitRestrictionsHash: none, creditRestrictionsHash: none)
    }
}

extension WireFeeRecord {
    var validity: WireFeeValidity {
        WireFeeValidity(wireMethodHash: HashCode(ofText: method), start: start, end: end, wireFee: wireFee, closingFee: closingFee)
    }
}
