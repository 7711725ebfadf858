// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import TalerWire

/// The requests that merchants and wallets send to an exchange. What the answers mean is the caller's to judge.
public struct ExchangeRequests: Sendable {
    /// Ends in a slash.
    public let baseURL: String

    public init(baseURL: String) { self.baseURL = baseURL.hasSuffix("/") ? baseURL : baseURL + "/" }

    public var keys: OutgoingRequest { OutgoingRequest(.get, baseURL + "keys") }
    public var config: OutgoingRequest { OutgoingRequest(.get, baseURL + "config", maximumAnswer: 1 << 20) }

    /// - Parameter wait: how long the exchange shall wait for a reserve that it does not know yet.
    public func reserve(_ reserve: ReservePublicKey, wait: Duration = .zero) -> OutgoingRequest {
        let milliseconds = wait.components.seconds * 1000
        return OutgoingRequest(
            .get, baseURL + "reserves/\(reserve)" + (milliseconds > 0 ? "?timeout_ms=\(milliseconds)" : ""), timeout: wait + .seconds(30),
            maximumAnswer: 1 << 20)
    }

    /// - Throws: `JSONError`, which well-formed messages never cause.
    public func batchWithdraw(_ reserve: ReservePublicKey, _ request: BatchWithdrawRequest) throws(JSONError) -> OutgoingRequest {
        .json(.post, baseURL + "reserves/\(reserve)/batch-withdraw", try JSONValue(encoding: request), timeout: .seconds(60))
    }

    /// On a connection of its own: a refusal counts only if it is known that the batch did not reach the exchange before.
    /// - Throws: `JSONError`, which well-formed messages never cause.
    public func batchDeposit(_ request: BatchDepositRequest) throws(JSONError) -> OutgoingRequest {
        var message = OutgoingRequest.json(.post, baseURL + "batch-deposit", try JSONValue(encoding: request), timeout: .seconds(60))
        message.needsFreshConnection = true
        return message
    }

    /// What became of a deposited coin.
    /// - Parameters:
    ///   - signature: 1103.
    ///   - wait: how long the exchange shall wait, at most, until the coin was wired (`lpt=2`).
    public func deposit(
        _ coin: CoinPublicKey, contract: ContractHash, wireHash: WireHash, merchant: MerchantPublicKey, signature: EdDSASignature,
        wait: Duration = .zero
    ) -> OutgoingRequest {
        let milliseconds = wait.components.seconds * 1000
        return OutgoingRequest(
            .get,
            baseURL + "deposits/\(wireHash)/\(merchant)/\(contract)/\(coin)?merchant_sig=\(signature)"
                + (milliseconds > 0 ? "&timeout_ms=\(milliseconds)&lpt=2" : ""), timeout: wait + .seconds(30), maximumAnswer: 1 << 20)
    }

    /// What a transfer paid.
    public func transfer(_ transfer: WireTransferID) -> OutgoingRequest { OutgoingRequest(.get, baseURL + "transfers/\(transfer)") }

    /// - Throws: `JSONError`, which well-formed messages never cause.
    public func refund(_ coin: CoinPublicKey, _ request: CoinRefundRequest) throws(JSONError) -> OutgoingRequest {
        .json(.post, baseURL + "coins/\(coin)/refund", try JSONValue(encoding: request))
    }

    /// - Throws: `JSONError`, which well-formed messages never cause.
    public func melt(_ coin: CoinPublicKey, _ request: CoinMeltRequest) throws(JSONError) -> OutgoingRequest {
        .json(.post, baseURL + "coins/\(coin)/melt", try JSONValue(encoding: request), timeout: .seconds(60))
    }

    /// - Throws: `JSONError`, which well-formed messages never cause.
    public func reveal(_ commitment: RefreshCommitment, _ request: RefreshRevealRequest) throws(JSONError) -> OutgoingRequest {
        .json(.post, baseURL + "refreshes/\(commitment)/reveal", try JSONValue(encoding: request), timeout: .seconds(60))
    }

    /// What the coin was refreshed to: an array of ``CoinLink``.
    public func link(_ coin: CoinPublicKey) -> OutgoingRequest { OutgoingRequest(.get, baseURL + "coins/\(coin)/link") }

    /// The uses of a coin, oldest first.
    /// - Parameters:
    ///   - start: entries up to this number of the coin's history are left out.
    ///   - signature: 1209 over `start`, by the coin's key.
    public func coinHistory(_ coin: CoinPublicKey, start: UInt64 = 0, signature: EdDSASignature) -> OutgoingRequest {
        OutgoingRequest(
            .get, baseURL + "coins/\(coin)/history" + (start > 0 ? "?start=\(start)" : ""),
            fields: ["Taler-Coin-History-Signature": "\(signature)"])
    }

    /// What the exchange still wants to know of the owner of an account.
    /// - Parameters:
    ///   - account: hash of the normalized payto URI.
    ///   - signature: 1360, by the account's key.
    public func kycCheck(_ account: PaytoHash, signature: EdDSASignature) -> OutgoingRequest {
        OutgoingRequest(
            .get, baseURL + "kyc-check/\(account)", fields: ["Account-Owner-Signature": "\(signature)"], maximumAnswer: 1 << 20)
    }

    /// Accounts and wire fees of protocols 14 to 16, which `/keys` does not have there.
    public var wire: OutgoingRequest { OutgoingRequest(.get, baseURL + "wire", maximumAnswer: 1 << 20) }
}
