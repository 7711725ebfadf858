// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore

extension ShopLinks {
    /// - Parameter path: from the shop's root, with a slash before it.
    func path(_ path: String) -> String { settings.base + path }
}

extension Response {
    /// 303, after a form.
    /// - Parameter path: a path of the shop. Whatever could lead to another host leads to its root.
    static func seeOther(_ path: String) -> Response {
        let bytes = path.utf8
        let isOwn =
            bytes.first == UInt8(ascii: "/") && ![UInt8(ascii: "/"), UInt8(ascii: "\\")].contains(bytes.dropFirst().first)
            && bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return Response(status: 303, fields: ["Location": isOwn ? path : "/", "Cache-Control": "no-store"])
    }
}
