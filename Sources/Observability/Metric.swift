// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// One metric of a registry, under which values with different labels are kept apart.
public struct Metric: Sendable {
    /// Bounds for what is waited for, in seconds.
    public static let requestSeconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

    let registry: MetricsRegistry
    let index: Int

    /// Adds to a counter or gauge.
    /// - Parameter labels: as many as the metric was made with, in their order.
    public func add(_ amount: Double = 1, _ labels: String...) { registry.update(index, labels) { $0.value += amount } }

    /// Sets a gauge; or a counter that is counted elsewhere, such as in a database.
    public func set(_ value: Double, _ labels: String...) { registry.update(index, labels) { $0.value = value } }

    /// Takes a value into a histogram.
    public func observe(_ value: Double, _ labels: String...) { registry.observe(index, labels, value) }

    /// Forgets every value: before gauges are set anew whose labels may have changed.
    public func clear() { registry.clear(index) }
}
