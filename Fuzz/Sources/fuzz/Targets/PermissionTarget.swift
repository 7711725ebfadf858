// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import MerchantAPI
import TalerCrypto
import TalerWire

/// A deposit permission: what was read can be written and read again, and no coin of it is taken for signed.
enum PermissionTarget {
    static func run(_ input: [UInt8]) {
        guard let json = try? JSONParser.parse(input) else { return }
        check(signature: json)
        guard let permission = try? json.decode(as: DepositPermission.self) else { return }
        let written = must("a permission is written") { try JSONValue(encoding: permission) }
        require(must("it reads back") { try written.decode(as: DepositPermission.self) } == permission, "written and read is the same")
        for coin in permission.coins.prefix(4) {
            let signature = check(signature: coin.denominationSignature)
            guard let text = coin.denominationPub else { continue }
            for cipher in [Cipher.rsa, .clauseSchnorr] {
                guard let key = try? DenominationPublicKey(cipher, base32: text) else { continue }
                let again = must("a key reads back") { try DenominationPublicKey(cipher, base32: key.base32) }
                require(again == key && again.hash() == key.hash(), "a key is the same after writing")
                // The seeds' coins are real: what matters is that every answer comes without a trap.
                if let signature { _ = signature.isValid(for: CoinPublicKeyHash(of: coin.coinPub), by: key) }
            }
        }
    }

    @discardableResult
    private static func check(signature json: JSONValue) -> DenominationSignature? {
        guard let signature = try? DenominationSignature(classic: json) else { return nil }
        require((try? DenominationSignature(json: signature.json)) == signature, "a signature reads back")
        if case .rsa(let bytes) = signature { require(bytes.first != 0, "no leading zeros") }
        return signature
    }
}
