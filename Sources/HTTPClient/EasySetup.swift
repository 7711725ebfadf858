// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CCurl
import HTTPCore

/// Sets a transfer's options, and remembers the first that the library refuses.
@safe struct EasySetup {
    private let easy: UnsafeMutableRawPointer
    private var result = CURLE_OK

    init(_ easy: UnsafeMutableRawPointer) { unsafe self.easy = easy }

    var isComplete: Bool { result == CURLE_OK }
    var reason: String { unsafe String(cString: curl_easy_strerror(result)) }

    mutating func connection(_ options: TransferOptions, timeout: Duration) {
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        // Neither the environment's proxy nor a user in the URL: what is sent where is the request's alone.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // No signals for time-outs: they would hit any thread.
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        set(CURLOPT_TIMEOUT_MS, timeout.milliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeout.milliseconds)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        if let path = options.unixSocket { set(CURLOPT_UNIX_SOCKET_PATH, path) }
    }

    mutating func request(_ request: OutgoingRequest) {
        set(CURLOPT_URL, request.url)
        set(CURLOPT_ACCEPT_ENCODING, "deflate, gzip")
        set(CURLOPT_USERAGENT, "taler-merchant")
        if request.needsFreshConnection { set(CURLOPT_FRESH_CONNECT, 1) }
        switch request.method {
        case .head: set(CURLOPT_NOBODY, 1)
        case .get where request.body.isEmpty: set(CURLOPT_HTTPGET, 1)
        case .post, .put, .patch: body(request)
        default: if request.body.isEmpty { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) } else { body(request) }
        }
    }

    private mutating func body(_ request: OutgoingRequest) {
        // Without a pointer the library would ask its read callback; an empty body has one too.
        let bytes = request.body.isEmpty ? [0] : request.body
        let count = request.body.count
        unsafe note(bytes.withUnsafeBytes { unsafe merchant_curl_set_body(easy, $0.baseAddress, count) })
        if request.method != .post { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    }

    mutating func lines(_ lines: UnsafeMutablePointer<curl_slist>?) {
        unsafe note(merchant_curl_set_list(easy, CURLOPT_HTTPHEADER, lines))
    }

    mutating func callbacks(
        _ context: UnsafeMutableRawPointer, head: merchant_curl_callback, body: merchant_curl_callback, before: curl_prereq_callback
    ) {
        unsafe note(merchant_curl_set_pointer(easy, CURLOPT_HEADERDATA, context))
        unsafe note(merchant_curl_set_callback(easy, CURLOPT_HEADERFUNCTION, head))
        unsafe note(merchant_curl_set_pointer(easy, CURLOPT_WRITEDATA, context))
        unsafe note(merchant_curl_set_callback(easy, CURLOPT_WRITEFUNCTION, body))
        unsafe note(merchant_curl_set_pointer(easy, CURLOPT_PREREQDATA, context))
        unsafe note(merchant_curl_set_before_request(easy, before))
    }

    /// Asks before each socket is made.
    mutating func socketCallback(_ context: UnsafeMutableRawPointer, _ callback: curl_opensocket_callback) {
        unsafe note(merchant_curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context))
        unsafe note(merchant_curl_set_open_socket(easy, callback))
    }

    private mutating func set(_ option: CURLoption, _ value: String) { unsafe note(merchant_curl_set_text(easy, option, value)) }
    private mutating func set(_ option: CURLoption, _ value: Int) { unsafe note(merchant_curl_set_long(easy, option, value)) }
    private mutating func note(_ code: CURLcode) { if result == CURLE_OK { result = code } }
}
