// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import TalerWire
import Testing

struct HTTPDateTests {
    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799),
        ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800), ("Sat, 21 Nov 2026 03:52:03 GMT", 1_795_233_123),
        ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
    ])
    func aDateIsRead(text: String, seconds: UInt64) { #expect(HTTPDate.parse(text)?.seconds == seconds) }

    @Test(arguments: [
        "", "0", "-1", "Sat, 21 Nov 2026 03:52:03 CET", "Sat 21 Nov 2026 03:52:03 GMT", "Sat, 32 Nov 2026 03:52:03 GMT",
        "Sat, 21 nov 2026 03:52:03 GMT", "Sat, 21 Nov 26 03:52:03 GMT", "Sat, 21 Nov 2026 24:52:03 GMT", "Sat, 21 Nov 2026 3:52:03 GMT",
        "Sat, 21 Nov 2026 03:52 GMT", "Sat, 21 Nov 1969 03:52:03 GMT", "Sat,  21 Nov 2026 03:52:03 GMT", "Sat, +1 Nov 2026 03:52:03 GMT",
    ])
    func whatIsNoDateIsNone(_ text: String) { #expect(HTTPDate.parse(text) == nil) }
}
