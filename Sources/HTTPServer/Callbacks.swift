// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CMicrohttpd
import Glibc
import Logging

// The library's callbacks. `context` is the ServerCore, retained by ServerCore.start and released when the daemon has stopped. The
// socket context is the Connection: retained when the connection starts, released when it is closed, the last callback of a connection.
// The request context only marks a request whose exchange has begun; the connection holds the exchange.

/// MHD_OPTION_URI_LOG_CALLBACK: the raw target, before the library cuts it. A request that ends here is never told as completed, so
/// nothing is made for it.
func targetArrives(_ context: UnsafeMutableRawPointer?, _ uri: UnsafePointer<CChar>?, _ raw: OpaquePointer?) -> UnsafeMutableRawPointer? {
    if let connection = unsafe connection(raw), let uri = unsafe uri {
        unsafe connection.targetArrived(String(validatingCString: uri))
        unsafe merchant_mhd_drop_query(uri)
    }
    return nil
}

/// MHD_AccessHandlerCallback: once with the header, for each piece of the body, and when all is read (again after resuming).
func requestProceeds(
    _ context: UnsafeMutableRawPointer?, _ raw: OpaquePointer?, _ url: UnsafePointer<CChar>?, _ method: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?, _ upload: UnsafePointer<CChar>?, _ uploadCount: UnsafeMutablePointer<Int>?,
    _ requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let core = unsafe core(context), let raw = unsafe raw, let connection = unsafe connection(raw), let method = unsafe method,
        let uploadCount = unsafe uploadCount, let requestContext = unsafe requestContext
    else { return .NO }
    let handle = unsafe ConnectionHandle(raw)
    if unsafe requestContext.pointee == nil {
        unsafe requestContext.pointee = unsafe Unmanaged.passUnretained(connection).toOpaque()
        return core.begin(unsafe String(cString: method), on: connection, handle)
    }
    guard let exchange = connection.exchange else { return .NO }
    let count = unsafe uploadCount.pointee
    if count > 0, let upload = unsafe upload {
        unsafe uploadCount.pointee = 0
        return unsafe exchange.take(UnsafeRawBufferPointer(start: upload, count: count)) ? .YES : .NO
    }
    return exchange.proceed(handle)
}

/// MHD_RequestCompletedCallback: for every request that was given to requestProceeds, also when it broke off.
func requestEnds(
    _ context: UnsafeMutableRawPointer?, _ raw: OpaquePointer?, _ requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ reason: MHD_RequestTerminationCode
) {
    guard let core = unsafe core(context), let connection = unsafe connection(raw) else { return }
    unsafe requestContext?.pointee = nil
    core.end(connection, isWhole: reason == .REQUEST_TERMINATED_COMPLETED_OK)
}

/// MHD_NotifyConnectionCallback. The socket is closed after CLOSED returns.
func connectionChanges(
    _ context: UnsafeMutableRawPointer?, _ raw: OpaquePointer?, _ socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ change: MHD_ConnectionNotificationCode
) {
    guard let core = unsafe core(context), let socketContext = unsafe socketContext else { return }
    if change == .CONNECTION_NOTIFY_STARTED {
        let connection = Connection(socket: unsafe merchant_mhd_socket(raw), peer: unsafe peer(raw))
        unsafe socketContext.pointee = unsafe Unmanaged.passRetained(connection).toOpaque()
        core.opened(connection)
    } else if let pointer = unsafe socketContext.pointee {
        let connection = unsafe Unmanaged<Connection>.fromOpaque(pointer).takeRetainedValue()
        unsafe socketContext.pointee = nil
        core.closed(connection)
    }
}

/// MHD_LogCallback. The texts name sockets and system errors, nothing of a request's content.
func libraryLogs(_ context: UnsafeMutableRawPointer?, _ format: UnsafePointer<CChar>?, _ arguments: CVaListPointer?) {
    guard let core = unsafe core(context), let format = unsafe format, let arguments = unsafe arguments else { return }
    var line = [CChar](repeating: 0, count: 512)
    let count = unsafe vsnprintf(&line, line.count, format, arguments)
    let bytes = line.prefix(max(0, min(Int(count), line.count - 1))).map(UInt8.init(bitPattern:))
    core.logger.debug("libmicrohttpd: \(String(decoding: bytes.filter { $0 >= 0x20 }, as: UTF8.self))")
}

private func peer(_ raw: OpaquePointer?) -> String? {
    var text = [CChar](repeating: 0, count: 64)
    guard unsafe merchant_mhd_peer(raw, &text, text.count) == 0 else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

private func core(_ context: UnsafeMutableRawPointer?) -> ServerCore? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
}

private func connection(_ raw: OpaquePointer?) -> Connection? {
    guard let pointer = unsafe merchant_mhd_socket_context(raw) else { return nil }
    return unsafe Unmanaged<Connection>.fromOpaque(pointer).takeUnretainedValue()
}
