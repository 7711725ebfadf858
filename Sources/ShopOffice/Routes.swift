// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import HTTPCore
import Pages

extension Office {
    /// For everybody.
    private static let openEndpoints: [any OpenOfficeEndpoint.Type] = [
        GetLogin.self,
        PostLogin.self,
        GetStatic.self,
    ]

    /// For the owner.
    private static let endpoints: [any OfficeEndpoint.Type] = [
        PostLogout.self,
        GetDashboard.self,
        GetOrders.self,
        GetOrdersCSV.self,
        GetOrder.self,
        PostRefund.self,
        PostSent.self,
        PostGiveBack.self,
        GetRevenue.self,
        GetRevenueTable.self,
        GetStock.self,
        GetStockCSV.self,
        GetStockItem.self,
        PostStockItem.self,
        GetStatus.self,
    ]

    /// Every kind of page: templates are checked against them.
    static let pages: [any Page.Type] = [
        LoginPage.self,
        ProblemPage.self,
        DashboardPage.self,
        OrderListPage.self,
        OrderDetailsPage.self,
        RefundQuestionPage.self,
        RevenuePage.self,
        StockPage.self,
        StockItemPage.self,
        StatusPage.self,
    ]

    /// For people, in the order in which they are tried.
    public static var routes: [Route] { openEndpoints.map { $0.route } + endpoints.map { $0.route } }

    /// What answers the back office's requests.
    public var handler: any Handler {
        let endpoints: [any Endpoint] =
            Self.openEndpoints.map { $0.init(office: self) } + Self.endpoints.map { $0.init(office: self) }
        return SecurityHeaders(
            PageErrors(inner: Router(endpoints, logger: logger), office: self), opener: .nobody, isSecure: settings.isSecure)
    }

    /// Where a login may lead: a page of the owner's.
    static func destination(_ path: String) -> String? {
        // A browser takes a backslash for a slash, and drops tabs and line ends.
        guard path.utf8.count <= 2000, path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
            !path.hasPrefix("//"), let request = Request(.get, path)
        else { return nil }
        return endpoints.contains { $0.route.method == .get && $0.route.matches(request.path) } ? path : nil
    }
}
