// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// A method and a path pattern. A segment `:name` matches one segment, a last segment `*name` the rest (one or more).
public struct Route: Sendable, Hashable, CustomStringConvertible {
    public let method: HTTPMethod
    public let pattern: String
    let segments: [Segment]

    enum Segment: Sendable, Hashable {
        case literal(String)
        case parameter(String)
        case rest(String)
    }

    public init(_ method: HTTPMethod, _ pattern: String) {
        self.method = method
        self.pattern = pattern
        segments =
            pattern == "/"
            ? []
            : pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { piece in
                switch piece.first {
                case ":": .parameter(String(piece.dropFirst()))
                case "*": .rest(String(piece.dropFirst()))
                default: .literal(String(piece))
                }
            }
    }

    public var description: String { "\(method) \(pattern)" }

    /// Whether this pattern matches a path's decoded segments.
    public func matches(_ path: [String]) -> Bool { match(path) != nil }

    /// The parameters of a path that this pattern matches, nil when it does not. A rest is joined by slashes.
    func match(_ path: [String]) -> PathParameters? {
        var values: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            guard index < path.count else { return nil }
            switch segment {
            case .literal(let text): guard path[index] == text else { return nil }
            case .parameter(let name): values[name] = path[index]
            case .rest(let name):
                values[name] = path[index...].joined(separator: "/")
                return PathParameters(values: values)
            }
        }
        return path.count == segments.count ? PathParameters(values: values) : nil
    }
}

/// The decoded values of a route's `:name` and `*name` segments.
public struct PathParameters: Sendable, Equatable {
    let values: [String: String]
    /// Empty when the route has no such segment.
    public subscript(_ name: String) -> String { values[name] ?? "" }
}
