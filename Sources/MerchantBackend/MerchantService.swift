// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient
public import HTTPCore
public import Logging
import MerchantCore
public import MerchantStore
public import TalerWire

/// The backend, plugged together: its handler for a server, and the work that it does by itself.
public struct MerchantService: Sendable {
    let identity: MerchantIdentity
    let store: MerchantStore
    let directory: ExchangeDirectory
    let clock: any WallClock
    let changes = ChangeBell<ContractHash>()
    public let depositor: Depositor
    public let refunds: RefundService
    let trace: any PaymentTrace
    private let token: String
    private let logger: Logger

    /// - Parameters:
    ///   - token: the bearer token that frontends must show; never logged.
    ///   - sender: to the exchanges.
    ///   - trace: hears every step of every payment.
    ///   - refundDelay: by the number of attempts so far, and whether a refund is stuck.
    public init(
        identity: MerchantIdentity, store: MerchantStore, directory: ExchangeDirectory, token: String, sender: any Sender,
        clock: any WallClock, logger: Logger, trace: any PaymentTrace = NoTrace(),
        retryDelay: @escaping @Sendable (Int) -> Duration = Depositor.growingDelay,
        refundDelay: @escaping @Sendable (Int, Bool) -> Duration = RefundPatience.growingDelay
    ) {
        self.identity = identity
        self.store = store
        self.directory = directory
        self.clock = clock
        self.token = token
        self.logger = logger
        self.trace = trace
        refunds = RefundService(
            identity: identity, store: store, directory: directory, sender: sender, clock: clock, changes: changes, logger: logger,
            retryDelay: refundDelay)
        depositor = Depositor(
            identity: identity, store: store, directory: directory, sender: sender, clock: clock, changes: changes, logger: logger,
            trace: trace, retryDelay: retryDelay)
    }

    /// Ends the waiting of `GET /order`, now and later, and begins no attempt any more: for a program that stops.
    public func stop() async {
        changes.close()
        await depositor.stop()
        await refunds.carrier.stop()
    }

    /// Answers every request.
    public var handler: any Handler {
        TokenGuard(Router(endpoints, style: .classic, logger: logger), token: token, open: ["", "config", "health"], style: .classic)
    }

    /// Every route, for people.
    public static let routes: [Route] = [
        GetRoot.route, GetConfig.route, GetHealth.route, PostContract.route, PostPay.route, GetOrder.route,
        PostRefund.route, GetRefund.route,
    ]

    public var merchantPub: MerchantPublicKey { identity.publicKey }
}
