// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Foundation
import HTTPClient
import HTTPCore
import ProgramFixture
import TalerWire
import Testing

/// What strangers may send to each program: it is answered with a code, and the program lives on.
@Suite(.serialized) struct BadInputTests {
    @Test func everyProgramSurvivesBadInput() async throws {
        let market = try await Market()
        let programs = try await market.startAll()
        let token = try String(contentsOfFile: market.folder + "/merchant.token", encoding: .utf8).trimmingCharacters(
            in: .whitespacesAndNewlines)
        let authorization: HTTPFields = ["Authorization": "Bearer \(token)"]
        let contract = ContractHash.zero.base32
        let cases: [(String, HTTPMethod, String, String, Int, Int)] = [
            ("backend", .post, "pay", "{", 400, 22), ("backend", .post, "pay", "{}", 400, 22),
            ("backend", .post, "pay", "[1,2,3]", 400, 22), ("backend", .post, "pay", "\u{0}", 400, 22),
            ("backend", .post, "pay", #"{"H_wire":"short"}"#, 400, 22), ("backend", .post, "contract", #"{"contract":[]}"#, 400, 22),
            ("backend", .post, "contract", String(repeating: "[", count: 100_000), 400, 22),
            ("backend", .get, "order?H_contract=\(contract)", "", 404, 2005), ("backend", .get, "order?H_contract=x", "", 400, 26),
            ("backend", .get, "order", "", 400, 25), ("backend", .get, "pay", "", 405, 20), ("backend", .get, "%00", "", 400, 29),
            ("shop", .get, "taler/contract?product=none", "", 404, 2006), ("shop", .post, "taler/pay", "{", 400, 22),
            ("shop", .post, "taler/pay?order=x", "{}", 400, 26),
            ("shop", .post, "taler/pay", #"{"H_contract":"\#(contract)"}"#, 404, 2005),
            ("exchange", .post, "batch-deposit", "{", 400, 22), ("exchange", .post, "batch-deposit", #"{"coins":[]}"#, 400, 22),
            ("exchange", .get, "reserves/short", "", 400, 27), ("exchange", .get, "nowhere", "", 404, 21),
            ("bank", .post, "register", "{", 400, 22), ("bank", .post, "taler/withdraw", "{}", 401, 40),
        ]
        for (program, method, path, body, status, code) in cases {
            var request = OutgoingRequest(method, try market.url(program) + path, fields: authorization, body: Array(body.utf8))
            if program != "backend" { request.fields["Authorization"] = nil }
            let answer = try await market.sender.send(request)
            let json = try? answer.json()
            #expect(answer.status == status, "\(program) \(path) \(body.prefix(40))")
            #expect(json?["code"]?.integerValue == Int64(code), "\(program) \(path) \(body.prefix(40))")
            #expect(json?["hint"]?.stringValue?.isEmpty == false, "\(program) \(path)")
        }
        for (program, path) in [("backend", "pay"), ("shop", "taler/pay?order=x"), ("exchange", "batch-deposit"), ("bank", "register")] {
            let big = [UInt8](repeating: 0x20, count: 10 << 20)
            // The program may answer and close before all of it has arrived: then the connection breaks instead.
            if let answer = try? await market.sender.send(
                OutgoingRequest(.post, market.url(program) + path, fields: authorization, body: big))
            {
                #expect(answer.status == 413)
                #expect(try answer.json()["code"] == 32)
            }
        }
        for program in ["backend", "shop", "exchange", "bank"] {
            let path = program == "shop" ? "" : "config"
            #expect(try await market.sender.send(OutgoingRequest(.get, market.url(program) + path)).status == 200, "\(program)")
        }
        for program in programs {
            #expect(await program.stop() == 0)
            #expect(!program.output.contains(token))
        }
        await market.close()
    }
}
