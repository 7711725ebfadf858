// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import ExchangeClient
public import HTTPCore
public import Logging
public import MerchantCore
public import MerchantStore
import Observability
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
    public let expiredPayments: ExpiredPayments
    let tracking: Tracking
    /// Finds the transfers again in the bank's credits; to be run beside the server.
    public let reconciler: Reconciler
    let trace: any PaymentTrace
    let metrics: MerchantMetrics
    let status: StatusService
    let gauges: MerchantGauges
    private let token: String
    private let logger: Logger

    /// - Parameters:
    ///   - token: the bearer token that frontends must show; never logged.
    ///   - sender: to the exchanges.
    ///   - metrics: counts payments and requests, and is read through `GET /metrics`.
    ///   - trace: hears every step of every payment.
    ///   - files: whose modes and disk `GET /status` looks at.
    ///   - unknownSettings: what the configuration holds that nobody read, for `GET /status`.
    ///   - pacing: of the deposits.
    ///   - refundDelay: by the number of attempts so far, and whether a refund is stuck.
    public init(
        identity: MerchantIdentity, store: MerchantStore, directory: ExchangeDirectory, token: String, sender: any Sender,
        clock: any WallClock, logger: Logger, metrics: MerchantMetrics = MerchantMetrics(), trace: any PaymentTrace = NoTrace(),
        files: BackendFiles? = nil, unknownSettings: [String] = [],
        reconciliation: ReconciliationSettings = ReconciliationSettings(),
        pacing: DepositPacing = DepositPacing(),
        refundDelay: @escaping @Sendable (Int, Bool) -> Duration = RefundPatience.growingDelay
    ) {
        self.identity = identity
        self.store = store
        self.directory = directory
        self.clock = clock
        self.token = token
        self.logger = logger
        self.metrics = metrics
        let trace = PaymentTraces(all: [metrics, trace])
        self.trace = trace
        // What the directory asks through already is not counted twice.
        let sender =
            sender as? MeasuringSender ?? metrics.measuring(sender, exchanges: identity.exchanges.map(\.baseURL), clock: clock)
        let finder = FactFinder(
            directory: directory, sender: sender, policy: identity.fetchPolicy, clock: clock, account: identity.account?.payto,
            grace: reconciliation.grace, expectsBank: reconciliation.expectsBank)
        status = StatusService(
            identity: identity, store: store, finder: finder, files: files, unknownSettings: unknownSettings, clock: clock)
        gauges = MerchantGauges(registry: metrics.registry, store: store, finder: finder, files: files, clock: clock)
        refunds = RefundService(
            identity: identity, store: store, directory: directory, sender: sender, clock: clock, changes: changes, logger: logger,
            retryDelay: refundDelay)
        expiredPayments = ExpiredPayments(store: store, returns: refunds, clock: clock, timer: pacing.timer, logger: logger)
        tracking = Tracking(
            identity: identity, store: store, directory: directory, sender: sender, clock: clock, changes: changes, logger: logger)
        reconciler = Reconciler(
            settings: reconciliation, store: store, directory: directory, deposits: tracking.deposits, transfers: tracking.transfers,
            clock: clock, changes: changes, logger: logger)
        depositor = Depositor(
            identity: identity, store: store, directory: directory, sender: sender, clock: clock, changes: changes, logger: logger,
            trace: trace, pacing: pacing)
    }

    /// Ends the waiting of `GET /order`, now and later, and begins no attempt any more: for a program that stops.
    public func stop() async {
        changes.close()
        await expiredPayments.stop()
        await depositor.stop()
        await refunds.carrier.stop()
    }

    /// Answers every request.
    public var handler: any Handler {
        let router = Router(endpoints, style: .classic, logger: logger)
        let guarded = TokenGuard(router, token: token, open: ["", "config", "health"], style: .classic)
        return MeasuringHandler(guarded, router: router, registry: metrics.registry, prefix: MerchantMetrics.prefix)
    }

    /// Every route, for people.
    public static let routes: [Route] = [
        GetRoot.route,
        GetConfig.route,
        GetHealth.route,
        PostContract.route,
        PostPay.route,
        GetOrder.route,
        PostRefund.route,
        GetRefund.route,
        GetHistory.route,
        GetTrackTransaction.route,
        GetTrackTransfer.route,
        GetStatus.route,
        GetMetrics.route,
    ]

    public var merchantPub: MerchantPublicKey { identity.publicKey }
}
