// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Logging
import Pages

extension Shop {
    /// Every address of the shop.
    public var endpoints: [any Endpoint] {
        [
            GetIndex(shop: self),
            GetProduct(shop: self),
            GetStatic(shop: self),
            GetPicture(shop: self),
            GetContract(shop: self),
            PostPay(shop: self),
            GetExecute(shop: self),
            GetFulfillment(shop: self),
            GetDownload(shop: self),
            GetHealth(shop: self),
        ]
    }

    /// What answers the shop's requests.
    public var handler: any Handler {
        SecurityHeaders(
            HTMLErrors(Router(endpoints, style: .classic, logger: logger), shop: self), walletOrigin: settings.walletOrigin)
    }
}
