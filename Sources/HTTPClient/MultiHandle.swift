// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CCurl

/// The library's handle of many transfers.
///
/// Sendable: the library lets any thread call `curl_multi_wakeup`; everything else is done by the thread of ``TransferLoop`` alone. The
/// loop takes the handle out of its shared state before it closes it, so nobody wakes what is gone.
@safe struct MultiHandle: @unchecked Sendable {
    private let raw: UnsafeMutableRawPointer

    /// Sets the library up, once in the life of the process. (Its own lock makes this safe beside others.)
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// - Returns: nil without memory or descriptors.
    init?() {
        guard Self.isReady, let raw = unsafe curl_multi_init() else { return nil }
        unsafe self.raw = raw
        _ = unsafe merchant_curl_multi_set_long(raw, CURLMOPT_MAXCONNECTS, 64)
    }

    func wake() { _ = unsafe curl_multi_wakeup(raw) }

    func add(_ transfer: Transfer) -> Bool { unsafe curl_multi_add_handle(raw, transfer.easy) == CURLM_OK }

    func remove(_ transfer: Transfer) { _ = unsafe curl_multi_remove_handle(raw, transfer.easy) }

    /// Waits for sockets, time-outs, or ``wake()``.
    func wait() { _ = unsafe curl_multi_poll(raw, nil, 0, 60_000, nil) }

    /// Reads and writes whatever can be, without waiting.
    func perform() {
        var running: Int32 = 0
        _ = unsafe curl_multi_perform(raw, &running)
    }

    /// The next transfer that is over.
    func nextDone() -> (easy: UInt, code: CURLcode)? {
        var code = CURLE_OK
        guard let easy = unsafe merchant_curl_next_done(raw, &code) else { return nil }
        return (UInt(bitPattern: easy), code)
    }

    /// Closes the connections too. No transfer may be left in it.
    func close() { _ = unsafe curl_multi_cleanup(raw) }
}
