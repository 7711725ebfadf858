// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore

/// Counts requests by route and status, and how long they take.
public struct MeasuringHandler: Handler {
    private let inner: any Handler
    private let router: Router
    private let requests: Metric
    private let seconds: Metric
    private let underWay: Metric

    /// - Parameters:
    ///   - inner: what answers, such as a guard around `router`.
    ///   - router: knows the routes; a request that it has none for is counted under `none`.
    ///   - prefix: of the metrics' names.
    public init(_ inner: any Handler, router: Router, registry: MetricsRegistry, prefix: String) {
        self.inner = inner
        self.router = router
        requests = registry.counter("\(prefix)_requests_total", "Requests answered, by route and status.", labels: ["route", "status"])
        seconds = registry.histogram("\(prefix)_request_seconds", "Time to the answer, by route.", labels: ["route"])
        underWay = registry.gauge("\(prefix)_requests_under_way", "Requests that are being worked on.")
    }

    public func handle(_ request: Request) async -> Response {
        let route = router.route(of: request)?.description ?? "none"
        underWay.add()
        let start = ContinuousClock.now
        let response = await inner.handle(request)
        seconds.observe((ContinuousClock.now - start) / .seconds(1), route)
        underWay.add(-1)
        requests.add(1, route, "\(response.status)")
        return response
    }
}
