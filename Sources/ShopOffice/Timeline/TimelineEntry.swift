// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Pages
import TalerWire

/// Something that happened to an order.
struct TimelineEntry: Equatable {
    /// Nil where nobody has written down when it was: it stands after what it followed.
    var time: Timestamp?
    var tone: Tone
    var title: String
    /// More sentences about it.
    var details: [String] = []
    /// Names that are compared letter by letter: keys, numbers of transfers.
    var codes: [(label: String, value: String)] = []

    static func == (left: TimelineEntry, right: TimelineEntry) -> Bool {
        left.time == right.time && left.tone == right.tone && left.title == right.title && left.details == right.details
            && left.codes.map(\.value) == right.codes.map(\.value)
    }

    var record: PageValue {
        var record: PageRecord = [
            "tone": .text(tone.rawValue), "title": .text(title), "details": .list(details.map { .record(["words": .text($0)]) }),
            "codes": .list(codes.map { .record(["label": .text($0.label), "value": .text($0.value)]) }),
        ]
        if let time { record["time"] = time.record }
        return .record(record)
    }

    /// In the order of time; what has no time stays behind what it came after.
    static func sorted(_ entries: [TimelineEntry]) -> [TimelineEntry] {
        var last = Timestamp.zero
        var keyed: [(time: Timestamp, index: Int, entry: TimelineEntry)] = []
        for (index, entry) in entries.enumerated() {
            last = entry.time ?? last
            keyed.append((last, index, entry))
        }
        return keyed.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.entry)
    }
}
