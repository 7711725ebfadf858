// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// Intents that wait for their next attempt, by the time when it is due. Taking the next one costs a logarithm of their number.
struct DueList {
    struct Item {
        var due: Duration
        /// Attempts so far.
        var attempts: Int
        var lastEnd: Duration?
        /// The exchange left the last attempt without an answer.
        var isSilent = false
        /// It was tried at once, once, because the exchange answered others again.
        var wasReleased = false
    }

    private struct Key: Comparable {
        let due: Duration
        let id: Int64

        static func < (left: Key, right: Key) -> Bool { left.due == right.due ? left.id < right.id : left.due < right.due }
    }

    private var items: [Int64: Item] = [:]
    /// A binary heap. Keys whose item has gone or moved are dropped when they come to the top.
    private var heap: [Key] = []

    subscript(_ id: Int64) -> Item? {
        get { items[id] }
        set {
            items[id] = newValue
            if let newValue { push(Key(due: newValue.due, id: id)) }
        }
    }

    var isEmpty: Bool { items.isEmpty }

    /// The one that is due first.
    mutating func first() -> (id: Int64, item: Item)? {
        while let top = heap.first {
            if let item = items[top.id], item.due == top.due { return (top.id, item) }
            pop()
        }
        return nil
    }

    /// Those for which this holds.
    func all(where matches: (Item) -> Bool) -> [(id: Int64, item: Item)] { items.filter { matches($0.value) }.map { ($0.key, $0.value) } }

    mutating func removeAll() {
        items = [:]
        heap = []
    }

    private mutating func push(_ key: Key) {
        heap.append(key)
        var index = heap.count - 1
        while index > 0, heap[index] < heap[(index - 1) / 2] {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func pop() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && heap[child] < heap[least] { least = child }
            if least == index { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
