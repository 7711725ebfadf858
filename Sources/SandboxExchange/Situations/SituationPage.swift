// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import HTTPCore
import Pages
import TalerWire

/// The page on which situations are set and cleared. It works without scripts.
struct SituationPage {
    let active: [Situation]
    let token: String
    /// What was done.
    var message: String?
    /// What was wrong with what was wanted.
    var complaint: String?
    /// The answer stands one folder deeper than the page.
    var isDeeper = false

    init(active: [Situation], token: String) {
        self.active = active
        self.token = token
    }

    func show(in response: inout Response) {
        response.fields["Content-Type"] = "text/html; charset=utf-8"
        response.body = Array(html.utf8)
    }

    private var up: String { isDeeper ? "../" : "" }

    private var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Situations – Sandbox exchange</title>
        <link rel="stylesheet" href="\(up)situations/style.css">
        </head>
        <body>
        <a class="skip" href="#main">To the content</a>
        <header class="masthead"><div class="wrap"><p class="wordmark">Sandbox exchange</p><p class="sign">Situations are switched on</p></div></header>
        <main id="main" class="wrap">
        <h1>Situations</h1>
        <p class="lead">This exchange does wrong when it is told to, so that you can see what your shop makes of it. What you set here holds for everybody who uses this exchange, from the next request on.</p>
        \(messages)
        <section aria-labelledby="now">
        <h2 id="now">What holds now</h2>
        \(holding)
        </section>
        \(Self.groups.map(group).joined(separator: "\n"))
        </main>
        <footer class="foot"><div class="wrap"><p>The same from the command line: <code>sandbox exchange situation list</code>, <code>set</code>, <code>clear</code>.</p></div></footer>
        </body>
        </html>

        """
    }

    private var messages: String {
        if let complaint { return "<p class=\"message bad\" role=\"alert\">\(Markup(escaping: complaint).html)</p>" }
        return message.map { "<p class=\"message good\" role=\"status\">\(Markup(escaping: $0).html)</p>" } ?? ""
    }

    private var holding: String {
        guard !active.isEmpty else { return "<p class=\"quiet\">Nothing. The exchange does what it should.</p>" }
        let rows = active.map { situation in
            let clearing =
                situation.name.endsByItself
                ? ""
                : """
                <form method="post" action="\(up)situations/clear"><input type="hidden" name="token" value="\(token)"><input type="hidden" name="id" value="\(situation.id)"><button class="button plain narrow" aria-label="Clear: \(situation.name.title), number \(situation.id)">Clear</button></form>
                """
            return """
                <li><div><strong>\(situation.name.title)</strong><br><code>\(Markup(escaping: situation.text).html)</code></div>
                \(clearing)</li>
                """
        }
        return """
            <ul class="holding">
            \(rows.joined(separator: "\n"))
            </ul>
            <form method="post" action="\(up)situations/clear"><input type="hidden" name="token" value="\(token)"><button class="button narrow">Clear everything</button></form>
            """
    }

    private static let groups: [(title: String, names: [SituationName])] = [
        ("Refusals", [.kyc, .spent, .ageHash, .contractConflict]),
        ("Denominations", [.denominationsExpired, .denominationsRevoked, .denominationsFuture, .denominationsUnknown]),
        ("Outages", [.down, .silent, .slow, .failing, .noJSON]),
        ("Answers that are not right", [.wrongSignature, .unknownKey, .moved, .transactionBaseURL]),
        ("Time", [.clock, .keysExpiring]),
    ]

    private func group(_ group: (title: String, names: [SituationName])) -> String {
        """
        <section>
        <h2>\(group.title)</h2>
        <div class="cards">
        \(group.names.map(card).joined(separator: "\n"))
        </div>
        </section>
        """
    }

    private func card(_ name: SituationName) -> String {
        let body =
            name.endsByItself
            ? "<p class=\"note\">Needs the offline key, which this exchange does not have: <code>sandbox exchange situation set \(name.rawValue) --time 10m</code></p>"
            : SituationForm(name: name, token: token, action: "\(up)situations").html
        return """
            <article class="card" aria-labelledby="\(name.rawValue)-title">
            <h3 id="\(name.rawValue)-title">\(name.title)</h3>
            <p class="code"><code>\(name.rawValue)</code></p>
            <p>\(Markup(escaping: name.effect).html)</p>
            \(body)
            </article>
            """
    }
}
