// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import ExchangeFixture
import ExchangeStore
import HTTPCore
import SandboxExchange
import Testing

/// What a real exchange was asked, asked of this one.
@Suite struct TranscriptReplayTests {
    @Test func everyRecordedRequestIsAnsweredAsRecordedOrAsTheDocumentationSays() async throws {
        let known = try KnownDifferences()
        #expect(known.isEveryReasonGiven)
        #expect(known.differences[KnownDifferences.everyRefusal] == "with or without detail; without line")
        var replay = try await Replay()
        var (asked, different) = (0, 0)
        var found: [String: String] = [:]
        for recording in try Recording.all() {
            try await replay.happen(at: recording)
            guard Replay.isAsked(recording) else {
                found[recording.name] = KnownDifferences.notAsked
                continue
            }
            let response = try await replay.answer(recording)
            asked += 1
            let ours = RecordedAnswer(response)
            #expect(ours.members?.contains("line") != true)
            if let difference = recording.answer.difference(to: ours, ignoring: ["detail", "line"]) {
                found[recording.name] = difference
                different += 1
            }
        }
        for (name, difference) in found.sorted(by: { $0.key < $1.key }) {
            #expect(known.differences[name] == difference, "docs/sandbox.md does not say of \(name): \(difference)")
        }
        for name in known.differences.keys where name != KnownDifferences.everyRefusal {
            #expect(found[name] != nil, "docs/sandbox.md says of \(name) what is not so")
        }
        let audit = try await replay.mirror.service.audit()
        #expect(audit.problems == [])
        print("exchange recorded: \(asked) requests asked again, \(asked - different) answered alike, \(different) as docs/sandbox.md says")
        await replay.mirror.stop()
    }
}
