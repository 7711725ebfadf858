// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Localization
import Pages

extension Shop {
    /// Every address of the shop.
    private static let endpoints: [any ShopEndpoint.Type] = [
        GetIndex.self,
        GetProduct.self,
        GetCart.self,
        PostCart.self,
        PostCartLine.self,
        GetCheckout.self,
        PostCheckout.self,
        GetStatic.self,
        GetPicture.self,
        GetTexts.self,
        GetContract.self,
        PostPay.self,
        GetRefund.self,
        GetExecute.self,
        GetOrder.self,
        GetOrderState.self,
        PostCancel.self,
        PostAgain.self,
        GetReceipt.self,
        GetPurchases.self,
        GetFulfillment.self,
        GetFulfillmentPart.self,
        GetDownload.self,
        GetDownloadPart.self,
        GetHealth.self,
    ]

    /// For people, in the order in which they are tried.
    public static var routes: [Route] { endpoints.map { $0.route } }

    /// What answers the shop's requests.
    public var handler: any Handler {
        let router = Router(Self.endpoints.map { $0.init(shop: self) }, style: .classic, logger: logger)
        let limited = RateLimit(
            router, sessions: sessions, buckets: buckets, isBehindProxy: settings.isBehindProxy, clock: clock, logger: logger,
            hint: { [texts, languages] request, wait in
                texts.words(languages.language(for: request))("error.tooManyWait", count: wait)
            })
        // The wallet's window is opened by the shop's page, and has to answer it.
        return SecurityHeaders(
            UnkeptAnswers(HTMLErrors(limited, shop: self)), walletOrigin: settings.walletOrigin, opener: .ownWindows,
            isSecure: settings.isSecure)
    }
}

/// An endpoint that needs nothing but the shop.
protocol ShopEndpoint: Endpoint {
    init(shop: Shop)
}
