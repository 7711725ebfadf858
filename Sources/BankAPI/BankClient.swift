// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
public import TalerWire

/// A customer's view of the bank: the HTTP API of 2019.
public struct BankClient: Sendable {
    private let baseURL: String
    private let call: BankCall

    /// - Parameter baseURL: of the bank, with or without a slash at its end.
    public init(baseURL: String, sender: any Sender) {
        self.baseURL = baseURL.slashed
        call = BankCall(sender: sender)
    }

    /// `GET /config`.
    public func config() async throws(BankClientError) -> BankConfig {
        try await call.message(OutgoingRequest(.get, baseURL + "config"))
    }

    /// `POST /register`: refused with 409 when the name is taken, 406 when it has other characters than the bank allows.
    public func register(_ credentials: BankCredentials) async throws(BankClientError) {
        let message = BankRegistrationRequest(username: credentials.username, password: credentials.password)
        try await call.accepted(call.json(.post, baseURL + "register", message, fields: [:]))
    }

    /// `POST /taler/withdraw`: refused with 406 without enough credit, 404 for an exchange that has no account here.
    /// - Parameter exchange: payto URI of the exchange's account; nil for the bank's default exchange.
    public func withdraw(
        _ amount: Amount, to reserve: ReservePublicKey, exchange: String? = nil, credentials: BankCredentials
    ) async throws(BankClientError) -> BankTalerWithdrawResponse {
        let message = BankTalerWithdrawRequest(amount: amount, reservePublicKey: reserve, exchangeWireDetails: exchange)
        return try await call.message(call.json(.post, baseURL + "taler/withdraw", message, fields: credentials.bankFields))
    }

    /// `POST /admin/add/incoming`: pays any account of the bank.
    public func pay(_ request: BankDepositRequest, credentials: BankCredentials) async throws(BankClientError) -> BankDepositDetails {
        try await call.message(call.json(.post, baseURL + "admin/add/incoming", request, fields: credentials.bankFields))
    }

    /// `PUT /reject`: gives back money that reached this account.
    public func reject(row: Int64, credentials: BankCredentials) async throws(BankClientError) {
        try await call.accepted(call.json(.put, baseURL + "reject", BankCancelRequest(rowID: row), fields: credentials.bankFields))
    }

    /// `GET /history`.
    /// - Parameters:
    ///   - start: the row after which (before which, for a negative delta) the list begins; nil for its natural end.
    ///   - delta: how many rows at most; positive for rising, negative for falling order; not 0.
    ///   - direction: `credit`, `debit` or `both`.
    ///   - showsCancelled: whether rejected rows are listed.
    ///   - longPoll: how long the bank may wait while there is none.
    public func history(
        start: Int64? = nil, delta: Int, direction: String = "both", showsCancelled: Bool = true, longPoll: Duration = .zero,
        credentials: BankCredentials
    ) async throws(BankClientError) -> [BankTransaction] {
        var url = baseURL + "history?auth=basic&delta=\(delta)&direction=\(direction)&cancelled=\(showsCancelled ? "show" : "omit")"
        if let start { url += "&start=\(start)" }
        if longPoll > .zero { url += "&long_poll_ms=\(longPoll.wholeMilliseconds)" }
        let request = OutgoingRequest(.get, url, fields: credentials.bankFields, timeout: longPoll + .seconds(30))
        return try await call.answer(request, as: BankTransactions.self)?.data ?? []
    }
}
