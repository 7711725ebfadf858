// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeAPI
import ExchangeFixture
import ExchangeStore
import HTTPCore
import TalerCrypto
import TalerWire

/// Answers of an exchange that are not true.
enum Lie {
    /// The answer with one member changed, so that its signature does not fit.
    static func about(_ member: String, in response: Response) -> Response {
        guard var object = try? response.json().objectValue else { return Response(status: 0) }
        var deposits = object["deposits"]?.arrayValue ?? []
        switch member {
        case "dropped deposit": deposits.removeLast()
        case "repeated deposit": deposits.append(contentsOf: deposits.suffix(1))
        case _ where object[member] != nil: object[member] = changed(object[member] ?? .null)
        default:
            guard var deposit = deposits.first?.objectValue else { return Response(status: 0) }
            deposit[member] = changed(deposit[member] ?? .null)
            deposits[0] = .object(deposit)
        }
        if object["deposits"] != nil { object["deposits"] = .array(deposits) }
        return Response(json: .object(object))
    }

    private static func changed(_ value: JSONValue) -> JSONValue {
        if let time = value["t_s"]?.integerValue { return ["t_s": .integer(time + 1)] }
        let text = value.stringValue ?? ""
        if text.hasPrefix("KUDOS:") { return .string(text + (text.contains(".") ? "1" : ".1")) }
        // Another first character of a key, hash or signature.
        return .string((text.hasPrefix("A") ? "B" : "A") + text.dropFirst())
    }

    /// The exchange's own online key.
    static func signer() async throws -> EdDSAPrivateKey {
        guard let record = try await SharedKeys.records.signingKeys.first else { throw FixtureError.refused("no signing key") }
        return try EdDSAPrivateKey(seed: record.secret.bytes)
    }
}

/// What an exchange may sign of a transfer and is not true.
enum SignedLie: String, CaseIterable, Sendable {
    case value, fee, stranger, total, twice, wireFee, empty

    var kind: String {
        switch self {
        case .value: "other_value"
        case .fee: "other_fee"
        case .stranger: "unknown_deposit"
        case .total, .twice, .empty: "contradiction"
        case .wireFee: "wire_fee"
        }
    }

    /// The line that it is about.
    var offset: Int64? {
        switch self {
        case .value, .fee, .stranger: 1
        case .total, .twice, .wireFee, .empty: nil
        }
    }

    func told(instead response: Response, by signer: EdDSAPrivateKey) -> Response {
        guard var details: TransferDetails = try? response.json().decode() else { return Response(status: 0) }
        switch self {
        case .value: details.deposits[1].depositValue = amount("0.11")
        case .fee: details.deposits[1].depositFee = amount("0.02")
        case .stranger: details.deposits[1].coinPub = .zero
        case .total, .wireFee: details.wireFee = amount("0.02")
        case .twice: details.deposits.append(details.deposits[0])
        case .empty: details.deposits = []
        }
        if self != .total {
            let sum = details.deposits.reduce(0) { $0 + Int64($1.depositValue.units) - Int64($1.depositFee.units) }
            let total = max(0, sum - Int64(details.wireFee.units))
            details.total = must { try Amount.make(SharedKeys.currency, total: UInt128(total)) }
        }
        let blocks = details.deposits.map { deposit in
            WireDepositDetail(
                contractHash: deposit.contractHash, executionTime: details.executionTime, coinPub: deposit.coinPub,
                depositValue: deposit.depositValue, depositFee: deposit.depositFee)
        }
        let data = WireDepositData(
            total: details.total, wireFee: details.wireFee, merchantPub: details.merchantPub, paytoHash: details.paytoHash,
            detailsHash: HashCode(ofDetails: blocks))
        details.exchangePub = signer.publicKey()
        details.exchangeSignature = signer.sign(data)
        return (try? .json(details)) ?? Response(status: 0)
    }
}
