// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import CMicrohttpd
import HTTPCore

/// Gathers the header fields that the library hands out one by one.
struct HTTPFieldsCollector {
    var fields = HTTPFields()
    /// Names, values, and the four bytes around them.
    var byteCount = 0
}

/// MHD_KeyValueIteratorN. `context` is the collector of the call's caller, valid for the call.
func collectField(
    _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameCount: Int,
    _ value: UnsafePointer<CChar>?, _ valueCount: Int
) -> MHD_Result {
    guard let context = unsafe context, let name = unsafe name else { return .NO }
    let collector = unsafe context.assumingMemoryBound(to: HTTPFieldsCollector.self)
    let nameText = unsafe text(name, nameCount)
    let valueText = if let value = unsafe value { unsafe text(value, valueCount) } else { "" }
    unsafe collector.pointee.fields.append(nameText, valueText)
    unsafe collector.pointee.byteCount += nameCount + valueCount + 4
    return .YES
}

/// Bytes that are not UTF-8 become U+FFFD: no field that we act on may hold them.
private func text(_ bytes: UnsafePointer<CChar>, _ count: Int) -> String {
    unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
}
