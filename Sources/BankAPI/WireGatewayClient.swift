// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// An exchange's view of its bank account: taler-wire-gateway, version 3.
public struct WireGatewayClient: Sendable {
    private let baseURL: String
    private let credentials: BankCredentials
    private let call: BankCall

    /// - Parameter baseURL: `…/accounts/NAME/taler-wire-gateway/`, with or without its last slash.
    public init(baseURL: String, credentials: BankCredentials, sender: any Sender) {
        self.baseURL = baseURL.slashed
        self.credentials = credentials
        call = BankCall(sender: sender)
    }

    /// `GET config`.
    public func config() async throws(BankClientError) -> WireGatewayConfig {
        try await call.message(OutgoingRequest(.get, baseURL + "config", fields: credentials.basicFields))
    }

    /// `GET history/incoming`.
    /// - Parameters:
    ///   - start: the row after which (before which, for a negative delta) the list begins; nil for its natural end.
    ///   - delta: how many rows at most; positive for rising, negative for falling order; not 0.
    ///   - longPoll: how long the bank may wait while there is none.
    /// - Returns: nil when there is none.
    public func incoming(start: Int64? = nil, delta: Int, longPoll: Duration = .zero) async throws(BankClientError) -> IncomingHistory? {
        try await call.answer(history("incoming", start, delta, longPoll))
    }

    /// `GET history/outgoing`; parameters as of ``incoming(start:delta:longPoll:)``.
    public func outgoing(start: Int64? = nil, delta: Int, longPoll: Duration = .zero) async throws(BankClientError) -> OutgoingHistory? {
        try await call.answer(history("outgoing", start, delta, longPoll))
    }

    /// `POST transfer`: pays a merchant. The same request again is carried out once and answered alike; another one with the same
    /// `request_uid` is refused with 409 / 5112.
    public func transfer(_ request: TransferRequest) async throws(BankClientError) -> TransferResponse {
        try await call.message(call.json(.post, baseURL + "transfer", request, fields: credentials.basicFields))
    }

    /// `POST admin/add-incoming`: refused with 409 / 5114 when the reserve key was used before.
    public func addIncoming(_ request: AddIncomingRequest) async throws(BankClientError) -> TransferResponse {
        try await call.message(call.json(.post, baseURL + "admin/add-incoming", request, fields: credentials.basicFields))
    }

    /// `POST admin/add-kycauth`.
    public func addAccountKey(_ request: AddAccountKeyRequest) async throws(BankClientError) -> TransferResponse {
        try await call.message(call.json(.post, baseURL + "admin/add-kycauth", request, fields: credentials.basicFields))
    }

    /// `GET transfers`.
    /// - Parameters:
    ///   - state: only those of that state; nil for all.
    ///   - start, delta: as of ``incoming(start:delta:longPoll:)``.
    /// - Returns: nil when there is none.
    public func transfers(
        _ state: WireTransferState? = nil, start: Int64? = nil, delta: Int
    ) async throws(BankClientError) -> WireTransferList? {
        var url = baseURL + "transfers?limit=\(delta)"
        if let start { url += "&offset=\(start)" }
        if let state { url += "&status=\(state.rawValue)" }
        return try await call.answer(OutgoingRequest(.get, url, fields: credentials.basicFields))
    }

    /// `GET transfers/ROW`: refused with 404 / 5107 for a row that this account did not order.
    public func transfer(row: Int64) async throws(BankClientError) -> WireTransferStatus {
        try await call.message(OutgoingRequest(.get, baseURL + "transfers/\(row)", fields: credentials.basicFields))
    }

    private func history(_ which: String, _ start: Int64?, _ delta: Int, _ longPoll: Duration) -> OutgoingRequest {
        var url = baseURL + "history/\(which)?delta=\(delta)"
        if let start { url += "&start=\(start)" }
        if longPoll > .zero { url += "&long_poll_ms=\(longPoll.wholeMilliseconds)" }
        return OutgoingRequest(.get, url, fields: credentials.basicFields, timeout: longPoll + .seconds(30))
    }
}
