// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import TalerWire

extension [RefundList.Part] {
    /// What was asked for by `POST /refund` and stands so, refund fees included. Parts that the backend gives back by itself
    /// (``RefundList/Part/origin`` `backend`) do not count: they are no part of what was asked for.
    /// - Throws: ``AmountError`` for parts of several currencies, or a sum that is too large.
    public func sumAskedFor(_ status: RefundList.Part.Status, in currency: Currency) throws(AmountError) -> Amount {
        try Amount.sum(filter { $0.origin == "shop" && $0.status == status }.map(\.refundAmount), in: currency)
    }
}
