// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Collects the bytes of a packed structure, integers big-endian.
public struct WireEncoder: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    public mutating func append(_ value: UInt16) { appendBigEndian(value) }
    public mutating func append(_ value: UInt32) { appendBigEndian(value) }
    public mutating func append(_ value: UInt64) { appendBigEndian(value) }
    public mutating func append(raw: some Sequence<UInt8>) { bytes.append(contentsOf: raw) }
    public mutating func append(_ value: some FixedBytes) { bytes.append(contentsOf: value.bytes) }

    /// 24 bytes: u64 value, u32 fraction in units of 10^-8, 12 bytes of currency, zero padded (TALER_AmountNBO).
    public mutating func append(_ amount: Amount) {
        append(amount.value)
        append(amount.fraction)
        let currency = Array(amount.currency.text.utf8)
        append(raw: currency + [UInt8](repeating: 0, count: 12 - currency.count))
    }

    /// 8 bytes: microseconds since 1970, 2^64-1 for "never".
    public mutating func append(_ time: Timestamp) { append(time.microseconds) }
    /// 8 bytes: microseconds, 2^64-1 for "forever".
    public mutating func append(_ duration: RelativeTime) { append(duration.microseconds) }

    private mutating func appendBigEndian<Value: FixedWidthInteger>(_ value: Value) {
        for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
        }
    }
}
