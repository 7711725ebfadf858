// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerCrypto
import TalerWire

/// What situations can be limited to, of one request.
struct RequestSubject {
    let endpoint: SituationEndpoint?
    /// It came to the address where the exchange has moved to.
    let isMoved: Bool
    let account: NormalizedPaytoHash?
    let merchant: MerchantPublicKey?

    /// - Parameter readsBody: whether account and merchant matter at all.
    init(_ request: Request, isMoved: Bool, readsBody: Bool) {
        endpoint = SituationEndpoint(request)
        self.isMoved = isMoved
        var (account, merchant): (NormalizedPaytoHash?, MerchantPublicKey?) = (nil, nil)
        if readsBody {
            switch endpoint {
            case .track: merchant = request.path.count > 2 ? try? MerchantPublicKey(base32: request.path[2]) : nil
            case .kyc: account = request.path.count > 1 ? try? NormalizedPaytoHash(base32: request.path[1]) : nil
            case .deposit, .refund:
                let body = try? request.json()
                merchant = body?["merchant_pub"].flatMap { try? MerchantPublicKey(json: $0) }
                account = body?["merchant_payto_uri"]?.stringValue.flatMap { try? PaytoURI($0) }.map { NormalizedPaytoHash(of: $0) }
            default: break
            }
        }
        (self.account, self.merchant) = (account, merchant)
    }
}
