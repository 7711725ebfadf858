// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Bytes that this module may read in place: a plain array or a ``SecretBytes``.
public protocol ByteSource: Sendable {
    var count: Int { get }
    /// The pointer is to ``count`` bytes and valid during `body` only.
    @unsafe func withUnsafePointer<Result, Failure: Error>(
        _ body: (UnsafePointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result
}

extension [UInt8]: ByteSource {
    @unsafe public func withUnsafePointer<Result, Failure: Error>(
        _ body: (UnsafePointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe withUnsafeBufferPointer { buffer throws(Failure) in
            // An empty array may have no address at all; C wants one all the same.
            guard let base = buffer.baseAddress else {
                return try unsafe Swift.withUnsafePointer(to: 0 as UInt8) { zero throws(Failure) in try unsafe body(zero) }
            }
            return try unsafe body(base)
        }
    }
}

extension ByteSource {
    /// - Throws: ``SodiumError/length(expected:actual:)``.
    func requireCount(_ expected: Int) throws(SodiumError) {
        guard count == expected else { throw .length(expected: expected, actual: count) }
    }
}
