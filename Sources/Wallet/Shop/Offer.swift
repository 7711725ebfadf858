// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerCrypto
import TalerWire

/// A shop's offer whose contract has the hash that came with it and is signed by the merchant whom it names. The payment goes to the
/// origin that the offer came from.
struct Offer: Sendable {
    let contract: JSONValue
    let hash: ContractHash
    let signature: EdDSASignature
    let terms: OfferTerms
    let payAddress: WebAddress

    /// - Parameter source: where the text was fetched.
    /// - Throws: ``WalletError``: `offerMalformed`, `wrongHash`, `wrongSignature`, `payElsewhere`.
    init(_ text: [UInt8], from source: WebAddress) throws(WalletError) {
        let message: Message
        do {
            // Duplicate members are refused: two readers of such a contract would see two contracts.
            message = try JSONParser.parse(text).decode(as: Message.self)
            contract = message.contract
            terms = try contract.decode(as: OfferTerms.self)
        } catch { throw .offerMalformed("\(error)".printable) }
        do { hash = try ContractHash(of: contract) } catch { throw .offerMalformed("contract.\(error)".printable) }
        guard hash == message.H_contract else { throw .wrongHash }
        signature = message.sig
        guard ContractOffer(contractHash: hash).isValid(signature, by: terms.merchantPub) else { throw .wrongSignature }
        guard terms.maximumFee.amount.currency == terms.amount.amount.currency else { throw .offerMalformed("max_fee: another currency") }
        guard !terms.amount.amount.isZero else { throw .offerMalformed("amount: zero cannot be paid with coins") }
        guard let address = source.resolving(message.pay_url) else { throw .offerMalformed("pay_url: not an address") }
        guard address.origin == source.origin else { throw .payElsewhere(address.text.printable) }
        payAddress = address
    }

    private struct Message: Decodable {
        let contract: JSONValue
        let sig: EdDSASignature
        let H_contract: ContractHash
        let pay_url: String
    }
}

/// What a wallet needs of a contract.
struct OfferTerms: Decodable, Sendable {
    let amount: ClassicAmount
    /// The deposit fees that the merchant bears, in total.
    let maximumFee: ClassicAmount
    let transactionID: Int64
    let timestamp: ClassicTimestamp
    let refundDeadline: ClassicTimestamp
    let expiry: ClassicTimestamp
    let merchantPub: MerchantPublicKey
    let wireHash: WireHash
    let mints: [Mint]
    let products: [Product]
    let summary: String?
    let merchant: Merchant

    struct Mint: Decodable, Sendable {
        let url: String
        let masterPub: MasterPublicKey

        enum CodingKeys: String, CodingKey {
            case url
            case masterPub = "master_pub"
        }
    }

    struct Product: Decodable, Sendable { let description: String? }
    struct Merchant: Decodable, Sendable { let name: String? }

    enum CodingKeys: String, CodingKey {
        case amount
        case maximumFee = "max_fee"
        case transactionID = "transaction_id"
        case timestamp
        case refundDeadline = "refund_deadline"
        case expiry
        case merchantPub = "merchant_pub"
        case wireHash = "H_wire"
        case mints, products, summary, merchant
    }

    /// What is bought, in a few words.
    var words: String {
        let text = summary ?? products.compactMap(\.description).joined(separator: ", ")
        return (text.isEmpty ? "a purchase" : text).printable
    }

    var merchantName: String { (merchant.name ?? "merchant \(merchantPub)").printable }
}
