// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Mustache

/// A record in the form that the template engine walks. Text is escaped here, before the engine sees it, and templates are read as plain
/// text, so that no tag and no partial can show it unescaped.
struct MustacheRecord: MustacheParent {
    let record: PageRecord

    func child(named name: String) -> Any? { record[name].map(Self.rendered) }

    private static func rendered(_ value: PageValue) -> Any {
        switch value {
        case .text(let text): Markup(escaping: text).html
        case .markup(let markup): markup.html
        case .flag(let flag): flag
        case .hidden: false
        case .record(let record): MustacheRecord(record: record)
        case .list(let values): values.map(rendered)
        }
    }
}
