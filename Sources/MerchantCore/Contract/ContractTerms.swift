// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

/// What the backend itself needs of a contract. The contract stays the opaque JSON that was signed.
public struct ContractTerms: Sendable, Equatable {
    /// The whole contract, in canonical form.
    public let json: JSONValue
    public let transactionID: Int64
    public let amount: Amount
    /// The deposit fees that the merchant bears, in total.
    public let maximumFee: Amount
    public let timestamp: Timestamp
    public let refundDeadline: Timestamp
    public let expiry: Timestamp
    /// Base URLs of the exchanges that the contract lists.
    public let exchanges: [String]

    /// - Throws: `JSONError` when a member that every contract of this merchant has is missing.
    public init(_ json: JSONValue) throws(JSONError) {
        self.json = json
        let members = try json.decode(as: Members.self)
        transactionID = members.transaction_id
        amount = members.amount.amount
        maximumFee = members.max_fee.amount
        timestamp = members.timestamp.time
        refundDeadline = members.refund_deadline.time
        expiry = members.expiry.time
        exchanges = members.mints.map(\.url)
    }

    /// The contract that a proposition becomes.
    /// - Parameters:
    ///   - mints: every accepted exchange that has an account for our wire method.
    public init(
        _ proposition: Proposition, merchant: MerchantPublicKey, wireHash: WireHash, mints: [AcceptedExchange], auditors: [AcceptedAuditor]
    ) throws(JSONError) {
        var object = proposition.json
        object["merchant_pub"] = merchant.json
        object["H_wire"] = wireHash.json
        object["mints"] = .array(mints.map { ["url": .string($0.baseURL), "master_pub": $0.masterPub.json] })
        object["auditors"] = .array(
            auditors.map { ["name": .string($0.name), "auditor_pub": $0.auditorPub.json, "uri": .string($0.url)] })
        // Through the canonical text, so that the contract is sent in the order in which it is hashed.
        try self.init(JSONParser.parse(CanonicalJSON.encode(.object(object))))
    }

    /// The text that is stored, sent and hashed.
    public var canonicalText: String { String(decoding: json.serialized(.canonical), as: UTF8.self) }

    private struct Members: Decodable {
        let transaction_id: Int64
        let amount: ClassicAmount
        let max_fee: ClassicAmount
        let timestamp: ClassicTimestamp
        let refund_deadline: ClassicTimestamp
        let expiry: ClassicTimestamp
        let mints: [Mint]
        struct Mint: Decodable { let url: String }
    }
}
