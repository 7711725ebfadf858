// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Logging
import ProgramSupport
import Synchronization
import TalerWire
import Testing

struct JSONLogHandlerTests {
    private final class Lines: Sendable {
        private let bytes = Mutex<[[UInt8]]>([])
        var all: [[UInt8]] { bytes.withLock { $0 } }
        func append(_ line: [UInt8]) { bytes.withLock { $0.append(line) } }
    }

    private func logger(_ lines: Lines, level: Logger.Level = .info) -> Logger {
        Logger(label: "shop") { label in
            JSONLogHandler(label: label, level: level, provider: RequestContext.metadataProvider) { lines.append($0) }
        }
    }

    @Test func eachLineIsOneObjectWithItsMetadata() throws {
        let lines = Lines()
        logger(lines).warning(
            "two \"lines\"\nin one",
            metadata: [
                "ms": .stringConvertible(1.5), "status": .stringConvertible(200), "path": "/a", "list": ["x", "y"], "level": "forged",
            ])
        let line = try #require(lines.all.first)
        #expect(lines.all.count == 1)
        #expect(line.filter { $0 == 0x0A }.count == 1)
        #expect(line.last == 0x0A)
        let json = try JSONParser.parse(line)
        #expect(json["message"] == "two \"lines\"\nin one")
        #expect(json["level"] == "warning")
        #expect(json["label"] == "shop")
        #expect(json["status"] == 200)
        #expect(json["ms"] == .number("1.5"))
        #expect(json["list"] == ["x", "y"])
        #expect(json["time"]?.stringValue?.hasSuffix("Z") == true)
    }

    @Test func linesOfARequestNameIt() async throws {
        let lines = Lines()
        let logger = logger(lines)
        await RequestContext.$id.withValue("r-7") {
            logger.info("inside")
            await Task { logger.info("in a task that it started") }.value
        }
        logger.info("outside")
        logger.debug("too quiet")
        let ids = try lines.all.map { try JSONParser.parse($0)["request"] }
        #expect(ids == ["r-7", "r-7", nil])
    }
}
