// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Observability
import Testing

struct MetricsRegistryTests {
    @Test func countersAndGaugesAreWrittenAsPrometheusReadsThem() {
        let registry = MetricsRegistry()
        let paid = registry.counter("payments_total", "Payments.", labels: ["outcome", "exchange"])
        paid.add(1, "paid", "http://a/")
        paid.add(2, "paid", "http://a/")
        paid.add(1, "odd \"quoted\" \\ text\nline", "http://b/")
        registry.gauge("bytes", "Back\\slash\nand line.").set(1.5)
        #expect(
            registry.text() == """
                # HELP payments_total Payments.
                # TYPE payments_total counter
                payments_total{outcome="odd \\"quoted\\" \\\\ text\\nline",exchange="http://b/"} 1
                payments_total{outcome="paid",exchange="http://a/"} 3
                # HELP bytes Back\\\\slash\\nand line.
                # TYPE bytes gauge
                bytes 1.5

                """)
    }

    @Test func aHistogramsBucketsAreCumulativeAndEndWithAll() {
        let registry = MetricsRegistry()
        let seconds = registry.histogram("seconds", "Time.", labels: ["route"], bounds: [0.5, 1])
        for value in [0.1, 0.5, 0.75, 7] { seconds.observe(value, "GET /") }
        #expect(
            registry.text() == """
                # HELP seconds Time.
                # TYPE seconds histogram
                seconds_bucket{route="GET /",le="0.5"} 2
                seconds_bucket{route="GET /",le="1"} 3
                seconds_bucket{route="GET /",le="+Inf"} 4
                seconds_sum{route="GET /"} 8.35
                seconds_count{route="GET /"} 4

                """)
    }

    @Test func aMetricWithoutValuesIsNotWritten() {
        let registry = MetricsRegistry()
        let gauge = registry.gauge("open", "Open.", labels: ["exchange"])
        #expect(registry.text().isEmpty)
        gauge.set(3, "x")
        #expect(registry.value("open", "x") == 3)
        gauge.clear()
        #expect(registry.text().isEmpty)
    }

    @Test func labelsFromOutsideDoNotGrowWithoutEnd() {
        let registry = MetricsRegistry()
        let counter = registry.counter("seen_total", "Seen.", labels: ["what"])
        for number in 0..<MetricsRegistry.maximumSeries + 10 { counter.add(1, "\(number)") }
        #expect(registry.value("seen_total", "other") == 10)
        #expect(registry.value("seen_total", "0") == 1)
    }

    @Test func theSameNameIsTheSameMetric() {
        let registry = MetricsRegistry()
        registry.counter("a_total", "A.").add()
        registry.counter("a_total", "A.").add()
        #expect(registry.value("a_total") == 2)
    }

    @Test func manyTasksCountTogether() async {
        let registry = MetricsRegistry()
        let counter = registry.counter("a_total", "A.", labels: ["x"])
        await withTaskGroup(of: Void.self) { group in for _ in 0..<100 { group.addTask { counter.add(1, "y") } } }
        #expect(registry.value("a_total", "y") == 100)
    }
}
