// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerCrypto
import TalerWire
import TestVectors
import Testing

@testable import SandboxExchange

@Suite struct RefreshCandidateTests {
    /// What a wallet has sent, made by an implementation that knows nothing of this one.
    @Test(arguments: VectorFile.refresh.group("refresh"))
    func whatIsRevealedLeadsToWhatTheWalletHasMade(_ vector: Vector) throws {
        let coin = try CoinPublicKey(base32: vector.text("old_coin_pub"))
        let denominations = try (vector.value["denominations"]?.arrayValue ?? []).map {
            try DenominationPublicKey(.rsa, base32: $0["rsa_pub"]?.stringValue ?? "")
        }
        var candidates: [RefreshCandidate] = []
        for entry in try #require(vector.value["candidates"]?.arrayValue) {
            let transfer = try ECDHEPrivateKey(bytes: Base32.decode(entry["transfer_priv"]?.stringValue ?? ""))
            let candidate = try RefreshCandidate(transfer, oldCoin: coin, denominations: denominations)
            #expect(candidate.transferPub.base32 == entry["transfer_pub"]?.stringValue)
            #expect(
                candidate.planchets.map { Base32.encode($0.bytes) } == entry["coins"]?.arrayValue?.map { $0["coin_ev"]?.stringValue ?? "" })
            candidates.append(candidate)
        }
        #expect(candidates.count == RevealChecks.candidateCount)
        let commitment = RefreshCommitment(
            transferKeys: candidates.map(\.transferPub), denominations: denominations.map { $0.hash() }, oldCoin: coin,
            amountWithFee: try Amount(vector.text("amount_with_fee")), planchets: candidates.map(\.planchets))
        #expect(commitment.base32 == vector.text("rc"))
    }

    @Test func aCoinKeyThatIsNoPointIsAnErrorAndNoTrap() throws {
        for bytes in [[UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31), [UInt8](repeating: 255, count: 32)] {
            let coin = try CoinPublicKey(bytes)
            #expect(throws: CryptoError.self) { try RefreshCandidate(ECDHEPrivateKey(), oldCoin: coin, denominations: []) }
        }
    }
}
