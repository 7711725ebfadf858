// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire
import TestSupport
import TestVectors

/// Makes the same requests for the mirror that were recorded, with coins and denominations of its own. A signature that was valid is
/// valid again, one that was not is not; what could not be read stays as it was.
final class Translator {
    let mirror: MirrorExchange
    private var coins: [CoinPublicKey: EdDSAPrivateKey] = [:]
    private var signatures: [CoinOfDenomination: DenominationSignature] = [:]
    private var planchets: [String: TestPlanchet] = [:]
    private let reserve: EdDSAPrivateKey
    /// The merchants whose private keys were recorded.
    private var merchants: [MerchantPublicKey: EdDSAPrivateKey] = [:]

    private struct CoinOfDenomination: Hashable {
        let coin: CoinPublicKey
        let denomination: DenominationHash
    }

    init(_ mirror: MirrorExchange) throws {
        self.mirror = mirror
        let inputs = try Transcript.json("protocol23/inputs")
        func key(_ name: String) throws -> EdDSAPrivateKey { try EdDSAPrivateKey(base32: inputs[name]?["priv"]?.stringValue ?? "") }
        reserve = try key("reserve")
        for name in ["merchant", "kyc_merchant"] {
            let merchant = try key(name)
            merchants[merchant.publicKey()] = merchant
        }
    }

    /// The key of our coin in the place of a recorded one.
    func key(of text: String) -> EdDSAPrivateKey? { (try? CoinPublicKey(base32: text)).flatMap { coins[$0] } }

    /// Our coin in the place of a recorded one; the recorded one itself when it was never seen to be spent.
    func coin(_ text: String) -> String {
        key(of: text)?.publicKey(as: CoinPublicKey.self).base32 ?? text
    }

    /// Signed for our coin by the owner of a recorded one.
    func historySignature(of text: String) -> EdDSASignature? {
        key(of: text)?.sign(CoinHistoryRequest(startOffset: 0))
    }

    // MARK: bodies

    func deposit(_ json: JSONValue) async throws -> JSONValue {
        guard let recorded: BatchDepositRequest = try? json.decode(), let payto = try? PaytoURI(recorded.merchantPaytoURI) else {
            return json
        }
        let wireHash = WireHash(payto: payto, salt: recorded.wireSalt)
        try await withdraw(recorded.coins)
        var elements = json["coins"]?.arrayValue ?? []
        for (index, coin) in recorded.coins.enumerated() {
            guard let original = mirror.recorded[coin.denominationHash], let own = mirror.denominations[coin.denominationHash] else {
                continue
            }
            let key = coins[coin.coinPub] ?? EdDSAPrivateKey()
            coins[coin.coinPub] = key
            var statement = Self.statement(recorded, coin, original.terms, wireHash)
            let wasSigned = statement.isValid(coin.coinSignature, by: coin.coinPub)
            statement.denominationHash = own.hash
            let signature = key.sign(statement)
            let ownSignature =
                Self.isSigned(coin, original) ? signatures[CoinOfDenomination(coin: coin.coinPub, denomination: own.hash)] : nil
            var element = elements[index].objectValue ?? [:]
            element["coin_pub"] = key.publicKey(as: CoinPublicKey.self).json
            element["denom_pub_hash"] = own.hash.json
            element["ub_sig"] = (ownSignature ?? .rsa([UInt8](repeating: 7, count: 256))).json
            element["coin_sig"] = (wasSigned ? signature : flipped(signature)).json
            elements[index] = .object(element)
        }
        var object = json.objectValue ?? [:]
        object["coins"] = .array(elements)
        return .object(object)
    }

    func withdrawal(_ json: JSONValue) throws -> JSONValue {
        let recorded: BatchWithdrawRequest = try json.decode()
        let reservePub: ReservePublicKey = reserve.publicKey()
        let own = try recorded.planchets.map { planchet -> WithdrawPlanchet in
            guard let original = mirror.recorded[planchet.denominationHash], let own = mirror.denominations[planchet.denominationHash]
            else {
                return planchet
            }
            let blinded: BlindedPlanchet = try planchet.coinEnvelope.decode()
            let statement = WithdrawRequest(
                amountWithFee: try original.terms.value.adding(original.terms.feeWithdraw), denominationHash: planchet.denominationHash,
                coinEnvelopeHash: CoinEnvelopeHash(of: blinded, denomination: planchet.denominationHash))
            let wasSigned = statement.isValid(planchet.reserveSignature, by: reservePub)
            let place = Base32.encode(blinded.bytes)
            let ownPlanchet = try planchets[place] ?? TestPlanchet(own)
            planchets[place] = ownPlanchet
            var signed = ownPlanchet.signed(by: reserve)
            if !wasSigned { signed.reserveSignature = flipped(signed.reserveSignature) }
            return signed
        }
        return try JSONValue(encoding: BatchWithdrawRequest(planchets: own))
    }

    /// - Parameter coin: the recorded one.
    func refund(_ json: JSONValue, of coin: String) throws -> JSONValue {
        guard let recorded: CoinRefundRequest = try? json.decode(), let merchant = merchants[recorded.merchantPub] else { return json }
        var statement = RefundRequest(
            contractHash: recorded.contractHash, coinPub: try CoinPublicKey(base32: coin),
            refundTransactionID: recorded.refundTransactionID, refundAmount: recorded.refundAmount)
        let wasSigned = statement.isValid(recorded.merchantSignature, by: recorded.merchantPub)
        statement.coinPub = try CoinPublicKey(base32: self.coin(coin))
        let signature = merchant.sign(statement)
        var object = json.objectValue ?? [:]
        object["merchant_sig"] = (wasSigned ? signature : flipped(signature)).json
        return .object(object)
    }

    /// The merchant's signature of a question for a deposit; nil when it was never there.
    /// - Parameter path: the recorded segments after `deposits`.
    func trackSignature(_ text: String?, path: [String]) throws -> EdDSASignature? {
        guard let text, path.count == 4 else { return nil }
        let pub = try MerchantPublicKey(base32: path[1])
        var statement = DepositTrackRequest(
            contractHash: try ContractHash(base32: path[2]), wireHash: try WireHash(base32: path[0]),
            coinPub: try CoinPublicKey(base32: path[3]))
        let recorded = try EdDSASignature(base32: text)
        guard let merchant = merchants[pub] else { return recorded }
        let wasSigned = statement.isValid(recorded, by: pub)
        statement.coinPub = try CoinPublicKey(base32: coin(path[3]))
        let signature = merchant.sign(statement)
        return wasSigned ? signature : flipped(signature)
    }

    // MARK: coins

    /// Those that a recorded exchange had signed.
    private func withdraw(_ recorded: [BatchDepositCoin]) async throws {
        var wanted: [CoinOfDenomination: (key: EdDSAPrivateKey, denomination: DenominationRecord)] = [:]
        for coin in recorded {
            guard let original = mirror.recorded[coin.denominationHash], let own = mirror.denominations[coin.denominationHash] else {
                continue
            }
            let place = CoinOfDenomination(coin: coin.coinPub, denomination: own.hash)
            guard signatures[place] == nil, Self.isSigned(coin, original) else { continue }
            let key = coins[coin.coinPub] ?? EdDSAPrivateKey()
            coins[coin.coinPub] = key
            wanted[place] = (key, own)
        }
        let places = Array(wanted.keys)
        var rest = places[...]
        while !rest.isEmpty {
            let batch = rest.prefix(256)
            rest = rest.dropFirst(256)
            for (place, signature) in zip(batch, try await mirror.withdraw(batch.compactMap { wanted[$0] })) {
                signatures[place] = signature
            }
        }
    }

    private static func isSigned(_ coin: BatchDepositCoin, _ original: RecordedDenomination) -> Bool {
        guard let signature: DenominationSignature = try? coin.denominationSignature.decode() else { return false }
        return signature.isValid(for: CoinPublicKeyHash(of: coin.coinPub, ageCommitment: coin.ageCommitmentHash), by: original.publicKey)
    }

    private static func statement(
        _ request: BatchDepositRequest, _ coin: BatchDepositCoin, _ terms: DenominationRecord, _ wireHash: WireHash
    ) -> DepositRequest {
        DepositRequest(
            contractHash: request.contractHash, ageCommitmentHash: coin.ageCommitmentHash ?? .zero, policyHash: .zero, wireHash: wireHash,
            denominationHash: coin.denominationHash, walletTimestamp: request.timestamp, refundDeadline: request.refundDeadline ?? .zero,
            amountWithFee: coin.contribution, depositFee: terms.feeDeposit, merchantPub: request.merchantPub,
            walletDataHash: request.walletDataHash ?? .zero)
    }
}
