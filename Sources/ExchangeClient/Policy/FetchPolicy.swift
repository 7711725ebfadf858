// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
public import HTTPCore

/// Which URLs may be fetched, and within which limits.
///
/// Exchanges of the configuration, and whatever has the origin of one, are the owner's choice. All others are a stranger's: they are
/// fetched only if auditors are configured who could vouch for them, over `https`, by name, at public addresses, in little time and size.
public struct FetchPolicy: Sendable {
    private let origins: Set<WebOrigin>
    private let mayFetchStrangers: Bool

    /// What a stranger's server may take.
    public static let strangersTime = Duration.seconds(10)
    public static let strangersSize = 8 << 20
    /// Redirects that are followed for one request.
    public static let maximumRedirects = 3

    /// - Parameters:
    ///   - configured: base URLs.
    ///   - hasAuditors: auditors are configured.
    public init(configured: [String], hasAuditors: Bool) {
        origins = Set(configured.compactMap(WebOrigin.init))
        mayFetchStrangers = hasAuditors
    }

    /// Why a URL is not fetched.
    public enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        /// No absolute `http` or `https` URL, or one with a user.
        case malformed
        /// Not of a configured exchange, and no auditor is configured.
        case stranger
        /// A stranger's URL without TLS.
        case notHTTPS
        /// A stranger's URL with an address in place of a name: no authority would vouch for that, and it may be one of a private network.
        case address

        public var description: String {
            switch self {
            case .malformed: "this is no URL that may be fetched"
            case .stranger: "it belongs to no configured exchange, and no auditor is configured"
            case .notHTTPS: "it belongs to no configured exchange and is not https"
            case .address: "it belongs to no configured exchange and has an address in place of a name"
            }
        }
    }

    /// The URL has the origin of a configured exchange.
    public func isConfigured(_ url: String) -> Bool { WebOrigin(url).map(origins.contains) ?? false }

    /// The request with the limits that hold for its URL.
    /// - Throws: ``Refusal``.
    public func admit(_ request: OutgoingRequest) throws(Refusal) -> OutgoingRequest {
        guard let origin = WebOrigin(request.url) else { throw .malformed }
        guard !origins.contains(origin) else { return request }
        guard mayFetchStrangers else { throw .stranger }
        guard origin.scheme == "https" else { throw .notHTTPS }
        guard !origin.isAddress else { throw .address }
        var request = request
        request.publicAddressesOnly = true
        request.timeout = min(request.timeout, Self.strangersTime)
        request.maximumAnswer = min(request.maximumAnswer, Self.strangersSize)
        return request
    }

    /// The same request to where a 307 or 308 points.
    /// - Returns: nil when the answer is no redirect, or has no place to go.
    /// - Throws: ``Refusal`` when it points where nothing may be fetched.
    public func redirected(_ request: OutgoingRequest, by response: Response) throws(Refusal) -> OutgoingRequest? {
        guard response.status == 307 || response.status == 308, let location = response.fields["Location"], !location.isEmpty else {
            return nil
        }
        guard let url = Self.resolve(location, against: request.url) else { throw .malformed }
        var next = request
        next.url = url
        // A secret of the first request belongs to its origin.
        if WebOrigin(url) != WebOrigin(request.url) { next.fields["Authorization"] = nil }
        return try admit(next)
    }

    /// An absolute URL out of a `Location`: one with a scheme, or a path, or what stands in for the last part of the base's path.
    static func resolve(_ location: String, against base: String) -> String? {
        let location = String(location.prefix { $0 != "#" })
        guard let origin = WebOrigin(base), let start = base.range(of: "://") else { return nil }
        if location.hasPrefix("//") { return "\(origin.scheme):\(location)" }
        if location.prefix(while: { $0 != "/" && $0 != "?" }).contains(":") { return location }
        let rest = base[start.upperBound...]
        let root = base[..<(rest.firstIndex { $0 == "/" || $0 == "?" } ?? base.endIndex)]
        if location.hasPrefix("/") { return root + location }
        let path = base[root.endIndex...].prefix { $0 != "?" }
        if location.hasPrefix("?") || location.isEmpty { return root + path + location }
        guard let slash = path.lastIndex(of: "/") else { return root + "/" + location }
        return root + path[...slash] + location
    }
}
