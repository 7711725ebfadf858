// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CCurl
import HTTPCore

/// One request and the answer as it comes in. Made, used and dropped on the thread of ``TransferLoop`` only.
@safe final class Transfer {
    let ticket: TransferTicket
    let easy: UnsafeMutableRawPointer
    private let lines: UnsafeMutablePointer<curl_slist>?
    private let continuation: TransferLoop.Continuation
    private let maximumAnswer: Int
    /// A connection stands and the request's first byte may be on it.
    private var mayBeSent = false
    private var isTooLarge = false
    private let publicAddressesOnly: Bool
    /// An address was refused because it is not public.
    private var wasRefused = false
    private var head = AnswerHead()
    private var body: [UInt8] = []

    /// - Throws: ``SendError/notSent(_:)`` when the request is none that can be sent. The continuation is then still the caller's.
    init(
        _ ticket: TransferTicket, _ request: OutgoingRequest, _ options: TransferOptions, _ continuation: TransferLoop.Continuation
    ) throws(SendError) {
        guard request.url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .notSent("this is no URL") }
        guard !request.method.rawValue.isEmpty, request.method.rawValue.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            throw .notSent("this is no method")
        }
        guard let easy = unsafe curl_easy_init() else { throw .notSent("no memory") }
        self.ticket = ticket
        unsafe self.easy = easy
        self.continuation = continuation
        maximumAnswer = request.maximumAnswer
        publicAddressesOnly = request.publicAddressesOnly
        unsafe lines = unsafe Self.headerLines(request)
        // The handle is freed by deinit from here on; the loop holds the transfer for as long as the library has the handle, so the
        // callbacks find it alive.
        var setup = unsafe EasySetup(easy)
        setup.connection(options, timeout: request.timeout)
        setup.request(request)
        unsafe setup.lines(lines)
        unsafe setup.callbacks(
            Unmanaged.passUnretained(self).toOpaque(), head: headArrives, body: bodyArrives, before: connectionStands)
        if request.publicAddressesOnly { unsafe setup.socketCallback(Unmanaged.passUnretained(self).toOpaque(), socketIsNeeded) }
        guard setup.isComplete else { throw .notSent("the HTTP library does not take the request: \(setup.reason)") }
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe curl_slist_free_all(lines)
    }

    /// The handle's address, by which the library names it.
    var key: UInt { unsafe UInt(bitPattern: easy) }

    // MARK: callbacks

    /// - Returns: false when no connection may be made to this address.
    func mayConnect(to address: IPAddress?) -> Bool {
        guard publicAddressesOnly, address?.isPublic != true else { return true }
        wasRefused = true
        return false
    }

    func requestStarts() { mayBeSent = true }

    func takeHead(_ line: UnsafeRawBufferPointer) -> Bool { unsafe head.take(line) }

    func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard piece.count <= maximumAnswer - body.count else {
            isTooLarge = true
            return false
        }
        unsafe body.append(contentsOf: piece)
        return true
    }

    // MARK: the end; exactly one of these is called

    func finish(_ code: CURLcode) {
        guard code == CURLE_OK else {
            if isTooLarge { return fail("the answer is larger than \(maximumAnswer) bytes", isTimeOut: false) }
            if wasRefused { return fail("its address is not one of the public internet", isTimeOut: false) }
            return fail(unsafe String(cString: curl_easy_strerror(code)), isTimeOut: code == CURLE_OPERATION_TIMEDOUT)
        }
        var status = 0
        guard head.isComplete, unsafe merchant_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK, status > 0 else {
            return fail("an answer that ends in its header", isTimeOut: false)
        }
        continuation.resume(returning: .success(Response(status: status, fields: head.fields, body: body)))
    }

    func breakOff(_ reason: String) { fail(reason, isTimeOut: false) }

    private func fail(_ reason: String, isTimeOut: Bool) {
        let error: SendError = !mayBeSent ? .notSent(reason) : isTimeOut ? .timedOut : .noAnswer(reason)
        continuation.resume(returning: .failure(error))
    }

    private static func headerLines(_ request: OutgoingRequest) -> UnsafeMutablePointer<curl_slist>? {
        // A name with nothing behind the colon takes the library's own field away; one with a semicolon is a field without a value.
        var lines = ["Expect:"]
        if request.fields["Content-Type"] == nil { lines.append("Content-Type:") }
        for field in request.fields.entries {
            // Written by the library: it knows how it sends.
            guard !["content-length", "transfer-encoding", "accept-encoding", "expect", "connection"].contains(field.name.lowercased())
            else {
                continue
            }
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        var list: UnsafeMutablePointer<curl_slist>?
        // The list copies each line; without memory it says nil and leaves the list as it was.
        for line in lines { if let longer = unsafe curl_slist_append(list, line) { unsafe list = longer } }
        return unsafe list
    }
}

// The library's callbacks: `context` is the transfer, not retained.

/// CURLOPT_HEADERFUNCTION: one line with its end. Another count than the line's ends the transfer.
private func headArrives(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?) -> Int {
    guard let transfer = unsafe transfer(context) else { return 0 }
    return unsafe transfer.takeHead(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

/// CURLOPT_WRITEFUNCTION: a piece of the body, inflated. Another count than the piece's ends the transfer.
private func bodyArrives(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?) -> Int {
    guard let transfer = unsafe transfer(context) else { return 0 }
    return unsafe transfer.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : -1
}

/// CURLOPT_PREREQFUNCTION: the connection stands (TLS too, and also when it is a kept one); the request goes out next.
private func connectionStands(
    _ context: UnsafeMutableRawPointer?, _ remote: UnsafeMutablePointer<CChar>?, _ local: UnsafeMutablePointer<CChar>?, _ remotePort: Int32,
    _ localPort: Int32
) -> Int32 {
    guard let transfer = unsafe transfer(context) else { return CURL_PREREQFUNC_ABORT }
    // A kept connection needed no new socket.
    let address = unsafe remote.flatMap { unsafe IPAddress(String(cString: $0)) }
    guard transfer.mayConnect(to: address) else { return CURL_PREREQFUNC_ABORT }
    transfer.requestStarts()
    return CURL_PREREQFUNC_OK
}

/// CURLOPT_OPENSOCKETFUNCTION: the name is resolved, nothing was sent yet; no socket means no connection.
private func socketIsNeeded(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let transfer = unsafe transfer(context), let address = unsafe address,
        transfer.mayConnect(to: unsafe IPAddress(UnsafePointer(address)))
    else { return -1 }
    return unsafe merchant_curl_open_socket(address)
}

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}
