// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Observability

/// Everything that is counted and measured, for Prometheus.
struct GetMetrics: Endpoint {
    static let route = Route(.get, "/metrics")
    let metrics: MerchantMetrics
    let gauges: MerchantGauges

    func answer(_ request: Request, _ path: PathParameters) async throws -> Response {
        await gauges.update()
        return Response(type: MetricsRegistry.contentType, text: metrics.registry.text())
    }
}
