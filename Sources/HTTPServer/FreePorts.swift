// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import Synchronization

/// Ports of 127.0.0.1 for programs that are to listen there later, again and again.
public enum FreePorts {
    /// Below them, programs of their own kind are at home.
    private static let first = 20_000
    /// Where this process looks next. Processes that choose at the same moment begin at different places.
    private static let next = Mutex(Int(ProcessInfo.processInfo.processIdentifier) * 8)

    /// Ports on which nobody listens now, each another one. They are outside of the range from which the system takes one for each outgoing
    /// connection (Linux, `net.ipv4.ip_local_port_range`), as long as that leaves some: none is taken while its program stands still.
    /// - Throws: ``ServerError/cannotListen(address:reason:)`` when the system does not give as many.
    public static func choose(_ count: Int) throws(ServerError) -> [UInt16] {
        let range = first..<firstOfTheSystem
        var ports: [UInt16] = []
        for _ in range where ports.count < count {
            let place = next.withLock { next in
                defer { next += 1 }
                return next
            }
            let port = UInt16(range.lowerBound + place % range.count)
            if isFree(port) { ports.append(port) }
        }
        while ports.count < count {
            let port = try ListeningSocket(.tcp(host: "127.0.0.1", port: 0)).port
            if !ports.contains(port) { ports.append(port) }
        }
        return ports
    }

    private static func isFree(_ port: UInt16) -> Bool {
        do {
            _ = try ListeningSocket(.tcp(host: "127.0.0.1", port: port))
            return true
        } catch { return false }
    }

    private static var firstOfTheSystem: Int {
        let range = try? String(contentsOfFile: "/proc/sys/net/ipv4/ip_local_port_range", encoding: .utf8)
        let number = range?.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) } ?? 0
        return (first + 1_000...65_535).contains(number) ? number : 32_768
    }
}
