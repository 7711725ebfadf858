// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

extension MetricsRegistry.Family {
    /// Nothing when it has no values.
    func text() -> String {
        guard !series.isEmpty else { return "" }
        var text = "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
        for (values, series) in series.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let pairs = zip(labels, values).map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }
            guard kind == .histogram else {
                text += "\(name)\(Self.braces(pairs)) \(Self.number(series.value))\n"
                continue
            }
            var count: UInt64 = 0
            for (bound, bucket) in zip(bounds.map(Self.number) + ["+Inf"], series.buckets) {
                count += bucket
                text += "\(name)_bucket\(Self.braces(pairs + ["le=\"\(bound)\""])) \(count)\n"
            }
            text += "\(name)_sum\(Self.braces(pairs)) \(Self.number(series.value))\n\(name)_count\(Self.braces(pairs)) \(count)\n"
        }
        return text
    }

    private static func braces(_ pairs: [String]) -> String { pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}" }

    /// Whole numbers without a point.
    private static func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\"" where quotes: out += "\\\""
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
