// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import TalerWire
import TestVectors
import Testing

@Suite struct KnownAnswerTests {
    @Test(arguments: KnownAnswerCatalogue.cases)
    func aKnownAnswerIsReproduced(_ known: KnownAnswerCatalogue.Case) throws {
        try known.check(known.answer)
    }

    @Test(arguments: KnownAnswerCatalogue.files)
    func everyGroupOfAFileIsCheckedOrExplained(_ file: VectorFile) throws {
        let names = Set(try #require(file.json.objectValue).names)
        #expect(names.subtracting(KnownAnswerCatalogue.treatments(file).keys) == [])
        if file != .library14 { #expect(Set(KnownAnswerCatalogue.treatments(file).keys).subtracting(names) == []) }
    }

    @Test func everySupersededEntryIsThereAndIsAnsweredDifferentlyByTheNewerLibrary() throws {
        for (group, old) in KnownAnswerCatalogue.superseded {
            for value in old.values {
                let before = try #require(VectorFile.library14.group(group).first { $0.text(old.member) == value })
                let after = VectorFile.library23.group(group).first { $0.text(old.member) == value }
                #expect(before.value != after?.value, "\(group) \(value)")
            }
        }
    }

    @Test func theNumberOfKnownAnswersIsPrinted() {
        let count = KnownAnswerCatalogue.cases.count
        #expect(count > 500)
        print("\(count) vectors ran")
    }
}
