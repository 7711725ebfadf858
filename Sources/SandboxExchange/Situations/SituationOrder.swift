// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import TalerCrypto
public import TalerWire

/// A situation as somebody asks for it.
public struct SituationOrder: Sendable, Equatable {
    public var name: SituationName
    /// How many requests meet it; nil for all until it is cleared.
    public var count: Int?
    /// Instead of the usual ones.
    public var endpoints: Set<SituationEndpoint> = []
    /// Only requests that name this account.
    public var account: NormalizedPaytoHash?
    /// Only requests that name this merchant.
    public var merchant: MerchantPublicKey?
    public var seconds: Int64
    public var status: Int
    /// Ends in a slash; nil for this exchange's own.
    public var url: String?
    public var isCarriedOut = false

    /// The longest wait before an answer: the server itself gives up after 120 seconds.
    static let longestWait: Int64 = 100

    public init(_ name: SituationName) {
        self.name = name
        switch name {
        case .slow: seconds = 5
        case .silent: seconds = Self.longestWait
        case .clock: seconds = 86_400
        case .keysExpiring: seconds = 600
        default: seconds = 0
        }
        status = name == .moved ? 307 : 500
    }

    /// Statuses that can be asked for.
    public static func statuses(of name: SituationName) -> [Int] {
        switch name {
        case .moved: [307, 308]
        case .failing: [500, 502, 503, 504, 408, 429]
        default: []
        }
    }

    /// Reads a form. Empty fields are as if they were not there.
    /// - Throws: 400 / 26 with the field's name.
    public init(_ form: Query) throws(APIError) {
        func text(_ field: String) -> String? { form[field].flatMap { $0.isEmpty ? nil : $0 } }
        guard let name = text("name").flatMap(SituationName.init(rawValue:)) else {
            throw Self.unknownName
        }
        self.init(name)
        if let count = text("count") {
            guard let number = Int(count), (1...1_000_000).contains(number) else {
                throw Self.wrong("count", "How many requests: 1 to 1000000.")
            }
            self.count = number
        }
        for pair in form.pairs where pair.name == "endpoint" && !pair.value.isEmpty {
            guard let endpoint = SituationEndpoint(rawValue: pair.value) else {
                let names = SituationEndpoint.allCases.map(\.rawValue).joined(separator: ", ")
                throw Self.wrong("endpoint", "There is no such endpoint. There are: \(names).")
            }
            endpoints.insert(endpoint)
        }
        guard endpoints.isEmpty || name.takesEndpoints else { throw Self.wrong("endpoint", "\(name.rawValue) has its own endpoints.") }
        if let account = text("account") { self.account = try Self.account(account) }
        if let merchant = text("merchant") {
            do { self.merchant = try MerchantPublicKey(base32: merchant) } catch {
                throw Self.wrong("merchant", "A merchant's public key is needed.")
            }
        }
        try readParameters(text)
    }

    private mutating func readParameters(_ text: (String) -> String?) throws(APIError) {
        for parameter in SituationName.Parameter.allCases {
            guard let value = text(parameter.rawValue) else { continue }
            guard name.parameters.contains(parameter) else {
                throw Self.wrong(parameter.rawValue, "\(name.rawValue) has no such parameter.")
            }
            switch parameter {
            case .time: seconds = try time(value)
            case .status:
                guard let status = Int(value), Self.statuses(of: name).contains(status) else {
                    throw Self.wrong("status", "One of \(Self.statuses(of: name).map(String.init).joined(separator: ", ")) is needed.")
                }
                self.status = status
            case .url: url = try Self.address(value)
            case .carriedOut: isCarriedOut = true
            }
        }
    }

    private func time(_ text: String) throws(APIError) -> Int64 {
        let allowed: ClosedRange<Int64> =
            switch name {
            case .clock: -100 * 365 * 86_400...100 * 365 * 86_400
            case .keysExpiring: 1...365 * 86_400
            default: 0...Self.longestWait
            }
        guard let seconds = SituationLength.seconds(text), allowed.contains(seconds) else {
            throw Self.wrong(
                "time",
                "A length of time like 5s, 2m, 3h, -1d, from \(SituationLength.text(allowed.lowerBound)) to \(SituationLength.text(allowed.upperBound)), is needed."
            )
        }
        return seconds
    }

    private static func account(_ text: String) throws(APIError) -> NormalizedPaytoHash {
        if text.hasPrefix("payto:"), let payto = try? PaytoURI(text) { return NormalizedPaytoHash(of: payto) }
        do { return try NormalizedPaytoHash(base32: text) } catch { throw wrong("account", "A payto URI or an h_payto is needed.") }
    }

    private static func address(_ text: String) throws(APIError) -> String {
        guard text.utf8.count <= 2000, text.hasPrefix("http://") || text.hasPrefix("https://"),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw wrong("to", "An http or https address is needed.") }
        return text.hasSuffix("/") ? text : text + "/"
    }

    /// 400 / 26 with all names that there are.
    public static var unknownName: APIError {
        let names = SituationName.allCases.map(\.rawValue).joined(separator: ", ")
        return wrong("name", "There is no such situation. There are: \(names).")
    }

    private static func wrong(_ field: String, _ hint: String) -> APIError {
        APIError(.genericParameterMalformed, hint: hint, detail: field)
    }

    /// The form that ``init(_:)`` reads as this.
    public var form: [(name: String, value: String)] {
        var pairs = [(name: "name", value: name.rawValue)]
        if let count { pairs.append(("count", "\(count)")) }
        for endpoint in endpoints.sorted(by: { $0.rawValue < $1.rawValue }) { pairs.append(("endpoint", endpoint.rawValue)) }
        if let account { pairs.append(("account", account.base32)) }
        if let merchant { pairs.append(("merchant", merchant.base32)) }
        for parameter in name.parameters {
            switch parameter {
            case .time: pairs.append((parameter.rawValue, SituationLength.text(seconds)))
            case .status: pairs.append((parameter.rawValue, "\(status)"))
            case .url: if let url { pairs.append((parameter.rawValue, url)) }
            case .carriedOut: if isCarriedOut { pairs.append((parameter.rawValue, "1")) }
            }
        }
        return pairs
    }
}
