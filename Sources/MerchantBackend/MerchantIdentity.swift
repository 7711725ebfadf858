// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeClient
public import MerchantCore
public import MerchantStore
public import TalerCrypto
public import TalerWire

/// Who the merchant is and what it accepts: the same for every request.
public struct MerchantIdentity: Sendable {
    let key: EdDSAPrivateKey
    public let publicKey: MerchantPublicKey
    /// Nil when no account is configured; then no contract can be made.
    public let account: StoredAccount?
    public let money: MoneyRules
    public let exchanges: [AcceptedExchange]
    public let auditors: [AcceptedAuditor]
    /// Seconds between a contract's timestamp and the transfer, unless the frontend says otherwise.
    public let wireTransferDelay: Int64
    /// For the subject of the exchange's transfers; nil when not configured.
    public let wireSubjectMetadata: String?

    public init(
        key: EdDSAPrivateKey, account: StoredAccount?, money: MoneyRules, exchanges: [AcceptedExchange], auditors: [AcceptedAuditor],
        wireTransferDelay: Int64, wireSubjectMetadata: String? = nil
    ) {
        self.key = key
        publicKey = key.publicKey()
        self.account = account
        self.money = money
        self.exchanges = exchanges
        self.auditors = auditors
        self.wireTransferDelay = wireTransferDelay
        self.wireSubjectMetadata = wireSubjectMetadata
    }

    /// Which addresses may be fetched on the word of a stranger or of an exchange.
    var fetchPolicy: FetchPolicy { FetchPolicy(configured: exchanges.map(\.baseURL), hasAuditors: !auditors.isEmpty) }
}
