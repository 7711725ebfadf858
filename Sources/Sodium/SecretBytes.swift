// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

internal import CSodium

/// Bytes that nobody else may see: overwritten when the last reference goes, without a description, compared in constant time.
@safe public final class SecretBytes: ByteSource, Equatable, CustomStringConvertible, CustomReflectable {
    public let count: Int
    /// Written during `init` only, so that reading it from several threads is safe; freed in `deinit` and nowhere else.
    private nonisolated(unsafe) let storage: UnsafeMutablePointer<UInt8>

    /// Takes a copy. The caller's array is not wiped.
    public convenience init(_ bytes: some Collection<UInt8>) {
        unsafe self.init(count: bytes.count) { target in
            for (place, byte) in bytes.enumerated() { unsafe target[place] = byte }
        }
    }

    /// Zeros that `fill` overwrites.
    @unsafe init<Failure: Error>(count: Int, fill: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Void) throws(Failure) {
        self.count = count
        // One byte more, so that there is an address even for no bytes.
        unsafe storage = .allocate(capacity: count + 1)
        unsafe storage.initialize(repeating: 0, count: count + 1)
        try unsafe fill(storage)
    }

    /// Fresh random bytes.
    public static func random(count: Int) -> SecretBytes {
        Library.start()
        return unsafe SecretBytes(count: count) { unsafe randombytes_buf($0, count) }
    }

    /// The bytes of `range`, as a secret of their own.
    /// - Throws: ``SodiumError/length(expected:actual:)`` when `range` reaches beyond the end.
    public func slice(_ range: Range<Int>) throws(SodiumError) -> SecretBytes {
        guard range.lowerBound >= 0, range.upperBound <= count else { throw .length(expected: range.upperBound, actual: count) }
        return unsafe SecretBytes(count: range.count) { target in
            unsafe target.update(from: storage + range.lowerBound, count: range.count)
        }
    }

    deinit {
        unsafe sodium_memzero(storage, count)
        unsafe storage.deallocate()
    }

    @unsafe public func withUnsafePointer<Result, Failure: Error>(
        _ body: (UnsafePointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(storage)
    }

    /// A copy that nothing will wipe, for storing the secret where it is kept.
    public func exported() -> [UInt8] { unsafe Array(UnsafeBufferPointer(start: storage, count: count)) }

    /// In constant time for secrets of one length.
    public static func == (left: SecretBytes, right: SecretBytes) -> Bool { ConstantTime.areEqual(left, right) }

    public var description: String { "\(count) secret bytes" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
