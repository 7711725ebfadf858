// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import BankStore
import HTTPCore
import TalerWire
import Testing
import TestSupport

@testable import SandboxBank

@Suite struct QuestionTests {
    @Test func aWrongAnswerIsRefusedWithAnotherQuestionAndFiveEndTheWithdrawal() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        try await alice.get(callback)
        for _ in 0..<4 {
            try await alice.submit(callback, ["answer": "\(alice.answer + 1)"])
            #expect(alice.response.status == 403)
            #expect(alice.text.contains("answer-problem") && alice.text.contains("What is "))
        }
        let last = alice
        try await alice.submit(callback, ["answer": "\(last.answer + 1)"])
        #expect(alice.response.status == 410)
        alice = last
        try await alice.submit(callback, ["answer": "\(last.answer)"], accept: "application/json")
        #expect(alice.response.refusal == "410 / 5144")
        try await alice.get(callback)
        #expect(alice.response.status == 410)
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test(arguments: ["", " ", "many", "1.5", "-3", "99999999999999999999"])
    func whatIsNoNumberIsNotCounted(answer: String) async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        try await alice.get(callback)
        let right = alice.answer
        for _ in 0..<7 {
            try await alice.submit(callback, ["answer": answer])
            #expect(alice.response.status == 400 && alice.answer == right)
        }
        try await alice.submit(callback, ["answer": " \(NumberWords.text(right).uppercased()) "])
        #expect(alice.response.status == 303)
    }

    @Test func inTestModeAnyAnswerIsRight() async throws {
        let bank = try await PageBank { $0.isTestMode = true }
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        try await alice.get(callback)
        #expect(alice.text.contains("test mode"))
        try await alice.submit(callback, [:])
        #expect(alice.response.status == 303)
        #expect(try await bank.balance("exchange") == "KUDOS:5.25")
    }

    @Test func aWithdrawalIsOverAfterAnHour() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        bank.clock.advance(bySeconds: 3000)
        try await alice.get(callback)
        let answer = alice.answer
        bank.clock.advance(bySeconds: 601)
        try await alice.submit(callback, ["answer": "\(answer)"])
        #expect(alice.response.status == 410 && alice.text.contains("No money was moved"))
        #expect(try await bank.balance("alice") == "KUDOS:100")
    }

    @Test func moneyThatIsGoneMeanwhileIsNotWithdrawn() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        let callback = PageBrowser.callback(try await alice.confirm("5.25"))
        try await alice.get(callback)
        let page = alice
        try await alice.get("/account/transfer")
        try await alice.submit("/account/transfer", ["to": "other", "amount": "95"])
        alice = page
        try await alice.submit(callback, ["answer": "\(page.answer)"])
        #expect(alice.response.status == 409 && alice.text.contains("not enough money"))
        #expect(try await bank.balance("alice") == "KUDOS:5")
    }

    @Test func manyAnswersAtOnceAndManyWithdrawalsAtOncePayEachOnce() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        var pages: [(browser: PageBrowser, callback: String)] = []
        for _ in 0..<4 {
            let callback = PageBrowser.callback(try await alice.confirm("5.25"))
            try await alice.get(callback)
            pages.append((alice, callback))
        }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for (browser, callback) in pages {
                for _ in 0..<8 {
                    group.addTask {
                        var browser = browser
                        try await browser.submit(callback, ["answer": "\(browser.answer)"])
                        return browser.response.status
                    }
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 303, count: 32))
        #expect(try await bank.balance("alice") == "KUDOS:79")
        #expect(try await bank.isSound())
    }

    @Test func aSessionHasTwentyOpenWithdrawalsAtMost() async throws {
        let bank = try await PageBank()
        var alice = try await bank.customer()
        var paths: [String] = []
        for _ in 0..<21 {
            bank.clock.advance(bySeconds: 1)
            paths.append(try await alice.confirm("5.25"))
        }
        try await alice.get(PageBrowser.callback(paths[0]))
        #expect(alice.response.status == 404)
        for path in [paths[1], paths[20]] {
            try await alice.get(PageBrowser.callback(path))
            #expect(alice.response.status == 200)
        }
    }

    @Test func numbersAreReadAsTheyAreWritten() {
        for number in 0..<100 {
            #expect(NumberWords.number(NumberWords.text(number)) == number)
            #expect(NumberWords.number("\(number)") == number)
        }
        #expect(NumberWords.number("Twenty One") == 21)
        #expect(NumberWords.text(100) == "100" && NumberWords.text(-1) == "-1")
        for text in ["", "x", "1x", "０", "twenty-twenty", "-1"] { #expect(NumberWords.number(text) == nil, "\(text)") }
    }

    @Test func questionsAreSmallAndNotAlwaysTheSame() {
        let questions = (0..<200).map { _ in Withdrawal.Question.random() }
        #expect(questions.allSatisfy { (2...19).contains($0.first) && (2...19).contains($0.second) })
        #expect(Set(questions.map(\.text)).count > 20)
        #expect(Withdrawal.Question(first: 7, second: 12).text == "What is seven plus twelve?")
    }
}
