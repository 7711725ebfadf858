// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import ShopStore
import TalerWire
import Testing

@testable import ShopOffice

@Suite struct CSVTests {
    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("\rx", "\"'\rx\""),
        ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""), ("", ""), ("a=b", "a=b"),
        ("\"\u{301}", "\"\"\"\u{301}\""), (",\u{301}", "\",\u{301}\""), ("=\u{301}", "'=\u{301}"),
        ("x;=1+1", "x;'=1+1"), ("x\t@SUM(A1)", "x\t'@SUM(A1)"), ("x; \t +1", "x; \t '+1"), (" =1", " '=1"), ("x\n-1", "\"x\n'-1\""),
        ("x;\"=1\"", "\"x;\"\"'=1\"\"\""), ("x;;=1;-2", "x;;'=1;'-2"), ("2 × Tea; 1 × Re-use", "2 × Tea; 1 × Re-use"), ("a;b=c", "a;b=c"),
    ])
    func aCellIsWrittenSoThatItIsReadBackAndNeverRuns(cell: String, written: String) {
        var table = CSVTable(header: ["a", "b"])
        table.append([cell, "x"])
        #expect(String(decoding: table.bytes, as: UTF8.self) == "a,b\r\n\(written),x\r\n")
    }

    @Test func theTableHasTheOrdersOfTheFiltersAndIsSafe() async throws {
        let bench = try OfficeBench()
        var address = OfficeBench.address
        address.name = "=cmd|'/C calc'!A0"
        let paid = try await bench.paidOrder([try OfficeBench.line(quantity: 2)], delivery: address)
        _ = try await bench.order([try OfficeBench.line("other", title: "-2+3", kind: .article)], session: "b")
        var owner = try await bench.owner()
        try await owner.get("/orders.csv")
        #expect(owner.status == 200)
        #expect(owner.response.fields["Content-Type"] == "text/csv; charset=utf-8")
        #expect(owner.response.fields["Content-Disposition"] == "attachment; filename=\"orders-2027-01-15.csv\"")
        #expect(owner.response.fields["Cache-Control"] == "no-store")
        let lines = owner.text.components("\r\n")
        #expect(lines.count == 4)
        #expect(lines.first?.hasPrefix("order,ordered,state,paid,currency,amount,given_back,") == true)
        #expect(owner.text.contains(",'=cmd|'/C calc'!A0,"))
        #expect(owner.text.contains("\(paid.id),2027-01-15T08:00:00Z,paid,2027-01-15T08:00:00Z,KUDOS,8,0,2,2 × Tally Sticks,"))
        let columns = lines.first.map { $0.components(",").count }
        #expect(lines.filter { !$0.isEmpty }.allSatisfy { $0.components(",").count == columns })
        try await owner.get("/orders.csv?state=paid")
        #expect(owner.text.components("\r\n").count == 3)
        try await owner.get("/orders.csv?q=lovelace")
        #expect(owner.text.components("\r\n").count == 2)
        try await owner.get("/orders.csv?from=yesterday")
        #expect(owner.status == 400)
    }
}

extension String {
    /// The pieces between separators, by bytes: a separator that ends with LF is one Character with CR.
    func components(_ separator: String) -> [String] {
        var pieces: [String] = []
        var rest = Array(utf8)[...]
        let mark = Array(separator.utf8)
        var piece: [UInt8] = []
        while !rest.isEmpty {
            if rest.starts(with: mark) {
                pieces.append(String(decoding: piece, as: UTF8.self))
                piece = []
                rest = rest.dropFirst(mark.count)
            } else {
                piece.append(rest.removeFirst())
            }
        }
        return pieces + [String(decoding: piece, as: UTF8.self)]
    }
}
