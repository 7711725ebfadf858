// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CMicrohttpd
import HTTPCore

/// The library's handle of a running server.
///
/// Sendable: the library lets any thread quiesce and stop a daemon; ``ServerCore`` does each once, in that order.
@safe struct Daemon: @unchecked Sendable {
    private let raw: OpaquePointer

    /// - Parameters:
    ///   - socket: bound, listening, not blocking.
    ///   - context: what every callback gets; it must stay valid until ``stop()`` returns.
    init(socket: Int32, threads: Int, limits: ServerLimits, context: UnsafeMutableRawPointer) throws(ServerError) {
        var options = merchant_mhd_options()
        options.listen_socket = socket
        options.threads = UInt32(clamping: threads)
        // The memory of a connection holds the header as it came, the library's table of the fields, and what is read of the body.
        options.connection_memory = max(limits.headerBytes, 1 << 10) * 2
        options.connections = UInt32(clamping: limits.connections)
        options.connections_per_address = UInt32(clamping: limits.connectionsPerAddress)
        options.idle_seconds = UInt32(clamping: max(1, limits.idleTime.secondsRoundedUp))
        unsafe options.log = libraryLogs
        unsafe options.uri = targetArrives
        unsafe options.access = requestProceeds
        unsafe options.completed = requestEnds
        unsafe options.connection = connectionChanges
        guard let raw = unsafe merchant_mhd_start(&options, context) else { throw .libraryFailed }
        unsafe self.raw = raw
    }

    /// Takes no more connections. The listening socket is the caller's again, who may close it only after ``stop()``.
    func quiesce() { _ = unsafe MHD_quiesce_daemon(raw) }

    /// Closes every connection and waits for the threads. No connection may be suspended: the library ends the process otherwise.
    func stop() { unsafe MHD_stop_daemon(raw) }
}

/// The library's handle of one connection.
///
/// Sendable: the library lets any thread resume a suspended connection; everything else happens in the callbacks of the connection's
/// own thread. ``Exchange`` resumes only what it has suspended, under its lock, and forgets the handle with it.
@safe struct ConnectionHandle: @unchecked Sendable {
    private let raw: OpaquePointer

    init(_ raw: OpaquePointer) { unsafe self.raw = raw }

    func suspend() { unsafe MHD_suspend_connection(raw) }
    func resume() { unsafe MHD_resume_connection(raw) }

    /// The request's header fields in order, and the bytes of their lines.
    func fields() -> (fields: HTTPFieldsCollector, count: Int) {
        var collector = HTTPFieldsCollector()
        unsafe withUnsafeMutablePointer(to: &collector) {
            _ = unsafe MHD_get_connection_values_n(raw, .HEADER_KIND, collectField, $0)
        }
        return (collector, collector.byteCount)
    }

    /// Gives the answer to the library, which copies it.
    func queue(_ answer: WireAnswer) -> MHD_Result {
        let empty: [UInt8] = []
        let body = answer.hasBody ? answer.response.body : empty
        let made = unsafe body.withUnsafeBytes {
            // MUST_COPY: the library only reads the buffer, though the parameter's type does not say so.
            unsafe MHD_create_response_from_buffer(
                $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let made = unsafe made else { return .NO }
        // The queue holds a reference of its own.
        defer { unsafe MHD_destroy_response(made) }
        for field in answer.fields {
            // A field that the library does not take (an empty value) is left out.
            _ = unsafe MHD_add_response_header(made, field.name, field.value)
        }
        return unsafe MHD_queue_response(raw, UInt32(answer.status), made)
    }
}
