// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Synchronization

/// What a program counts and measures, written in Prometheus' text format (version 0.0.4).
///
/// Names and labels are those of the program's own code. Label values may come from outside: a metric keeps at most
/// ``maximumSeries`` combinations of them, and counts what comes after under `other`.
public final class MetricsRegistry: Sendable {
    /// The content type of ``text()``.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    public static let maximumSeries = 500

    enum Kind: String { case counter, gauge, histogram }

    struct Family {
        let name: String
        let help: String
        let kind: Kind
        let labels: [String]
        /// Upper bounds, ascending; empty unless it is a histogram.
        let bounds: [Double]
        var series: [[String]: Series] = [:]
    }

    struct Series {
        /// A counter's or gauge's value, a histogram's sum.
        var value = 0.0
        /// Observations up to each bound, not cumulative; the last is beyond all.
        var buckets: [UInt64] = []
    }

    private let families = Mutex<[Family]>([])

    public init() {}

    /// Something that only grows; its name ends in `_total`.
    public func counter(_ name: String, _ help: String, labels: [String] = []) -> Metric { add(name, help, .counter, labels) }

    /// Something that goes up and down.
    public func gauge(_ name: String, _ help: String, labels: [String] = []) -> Metric { add(name, help, .gauge, labels) }

    /// A distribution.
    /// - Parameter bounds: upper bounds of the buckets, ascending.
    public func histogram(
        _ name: String, _ help: String, labels: [String] = [], bounds: [Double] = Metric.requestSeconds
    ) -> Metric { add(name, help, .histogram, labels, bounds) }

    /// Every metric that has a value, in the order in which they were made.
    public func text() -> String { families.withLock { families in families.map { $0.text() }.joined() } }

    /// The value of a counter or gauge, the number of a histogram's observations; nil when there is none with these labels.
    public func value(_ name: String, _ labels: String...) -> Double? {
        families.withLock { families in
            guard let family = families.first(where: { $0.name == name }), let series = family.series[labels] else { return nil }
            return family.kind == .histogram ? Double(series.buckets.reduce(0, +)) : series.value
        }
    }

    private func add(_ name: String, _ help: String, _ kind: Kind, _ labels: [String], _ bounds: [Double] = []) -> Metric {
        families.withLock { families in
            // The same metric may be asked for by several.
            if let index = families.firstIndex(where: { $0.name == name }) { return Metric(registry: self, index: index) }
            families.append(Family(name: name, help: help, kind: kind, labels: labels, bounds: bounds))
            return Metric(registry: self, index: families.count - 1)
        }
    }

    func update(_ index: Int, _ labels: [String], _ change: (inout Series) -> Void) {
        families.withLock { families in
            var key = labels
            precondition(key.count == families[index].labels.count, "a label is missing or one too many")
            if families[index].series[key] == nil, families[index].series.count >= Self.maximumSeries {
                key = key.map { _ in "other" }
            }
            let empty = Series(buckets: Array(repeating: 0, count: families[index].bounds.isEmpty ? 0 : families[index].bounds.count + 1))
            change(&families[index].series[key, default: empty])
        }
    }

    func observe(_ index: Int, _ labels: [String], _ value: Double) {
        let bounds = families.withLock { $0[index].bounds }
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        update(index, labels) { series in
            series.value += value
            series.buckets[bucket] += 1
        }
    }

    func clear(_ index: Int) { families.withLock { $0[index].series = [:] } }
}
