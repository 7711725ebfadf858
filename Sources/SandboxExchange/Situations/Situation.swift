// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// A situation that somebody has brought about.
public struct Situation: Sendable, Equatable, Identifiable {
    /// Unique while the exchange serves.
    public let id: Int
    public let order: SituationOrder
    /// How many requests it still meets; nil for all that come.
    public internal(set) var remaining: Int?
    /// When it ends by itself.
    let end: Timestamp?

    public var name: SituationName { order.name }

    /// What it does and to whom, in one line.
    public var text: String {
        var parts: [String] = []
        let parameters = order.name.parameters
        if parameters.contains(.time) { parts.append(SituationLength.text(order.seconds)) }
        if parameters.contains(.status) { parts.append("status \(order.status)") }
        if let url = order.url { parts.append("to \(url)") }
        if order.isCarriedOut { parts.append("after the request was carried out") }
        if !order.endpoints.isEmpty { parts.append("only \(order.endpoints.map(\.rawValue).sorted().joined(separator: ", "))") }
        if let account = order.account { parts.append("only the account \(account)") }
        if let merchant = order.merchant { parts.append("only the merchant \(merchant)") }
        if let end { parts.append("until \(HTTPDate.text(end)), ends by itself") }
        if let remaining { parts.append(remaining == 1 ? "1 more request" : "\(remaining) more requests") }
        return parts.isEmpty ? order.name.rawValue : "\(order.name.rawValue): " + parts.joined(separator: "; ")
    }

    /// Whether a request meets it.
    func applies(to subject: RequestSubject) -> Bool {
        let endpoints = order.endpoints.isEmpty ? order.name.usualEndpoints : order.endpoints
        if !endpoints.isEmpty {
            guard let endpoint = subject.endpoint, endpoints.contains(endpoint) else { return false }
        }
        // What has moved is found where it has moved to.
        if order.name == .moved, subject.isMoved { return false }
        if let account = order.account, subject.account != account { return false }
        if let merchant = order.merchant, subject.merchant != merchant { return false }
        return true
    }

    /// Whether it holds for everything that the exchange does, requests or not.
    var isUnlimited: Bool { order.endpoints.isEmpty && order.account == nil && order.merchant == nil && remaining == nil }
}
