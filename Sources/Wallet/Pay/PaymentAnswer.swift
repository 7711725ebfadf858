// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire

/// What a shop's answer to a deposit permission means.
enum PaymentAnswer: Equatable {
    /// - Parameter link: to the fulfillment page, as the shop wrote it.
    case paid(link: String?)
    /// Over: the coins were not taken.
    case refused(status: Int, code: Int, hint: String, coin: CoinPublicKey?)
    /// Nobody knows yet.
    case unresolved(String)

    /// A redirect with 301, 302 or 303, or 200 with a `fulfillment_url`: paid. A 4xx that has a JSON `code`: refused. Everything else may
    /// have been anything on the way; so may a redirect to nowhere, or to where the payment was posted, as a shop that has moved to https
    /// or to another name sends it for every address.
    /// - Parameter address: where the permission was posted.
    init(_ response: Response, from address: WebAddress) {
        switch response.status {
        case 301, 302, 303:
            guard let link = response.fields["Location"], address.resolving(link)?.path != address.path else {
                self = .unresolved("the shop answered \(response.status), but leads to nothing")
                return
            }
            self = .paid(link: link)
        case 200:
            guard let link = (try? response.json())?["fulfillment_url"]?.stringValue else {
                self = .unresolved("the shop answered 200, but leads to nothing")
                return
            }
            self = .paid(link: link)
        case 400..<500:
            guard let code = response.refusalCode else {
                self = .unresolved("the shop answered \(response.status) without saying why")
                return
            }
            let coin = (try? response.json())?["coin_pub"].flatMap { try? CoinPublicKey(json: $0) }
            self = .refused(status: response.status, code: code, hint: response.refusalHint, coin: coin)
        default: self = .unresolved(Self.words(response.status, response.refusalCode, response.refusalHint))
        }
    }

    /// The same after an earlier attempt without an outcome, whose coins may be spent: a refusal that shows no knowledge of the payment
    /// (another server or program at the address, a shop that has lost its memory, a limit) is then none.
    func afterDoubt() -> PaymentAnswer {
        guard case .refused(let status, let code, let hint, _) = self,
            Self.statusesOfServers.contains(status) || Self.codesOfStrangers.contains(code)
        else { return self }
        return .unresolved(Self.words(status, code, hint))
    }

    private static func words(_ status: Int, _ code: Int?, _ hint: String) -> String {
        "the shop answered \(status)\(code.map { " with code \($0)" } ?? ""): \(hint)"
    }

    private static let statusesOfServers: Set<Int> = [401, 405, 407, 408, 413, 414, 415, 421, 425, 426, 428, 429, 431]
    private static let codesOfStrangers = Set(
        [
            ErrorCode.genericMethodInvalid, .genericEndpointUnknown, .genericHttpHeadersMalformed, .genericUploadExceedsLimit,
            .genericUnauthorized, .merchantGenericOrderUnknown,
        ].map(\.rawValue))
}
