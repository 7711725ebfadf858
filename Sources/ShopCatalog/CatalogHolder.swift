// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

public import Logging
import Synchronization

/// The catalog as it is now. Another one takes its place when files of its folder have changed and all of it is in order.
///
/// One task at a time looks and takes; everybody may read.
public final class CatalogHolder: Sendable {
    /// Called with a catalog's ``Catalog/stock`` when it is new, before the catalog is shown; when it throws the catalog is not shown.
    public typealias StockHook = @Sendable ([String: Int]) async throws -> Void

    private let folder: String?
    private let rules: CatalogRules?
    private let logger: Logger
    private let shown: Mutex<Shown>
    private let looking: Mutex<Looking>

    private struct Shown {
        var catalog: Catalog
        var problems: [CatalogError] = []
    }

    private struct Looking {
        var reader: CatalogReader?
        /// What was read last.
        var taken: CatalogListing?
        /// What is wrong with it.
        var problems: [CatalogError] = []
        /// What the last look saw, when it was not ``taken``.
        var seen: CatalogListing?
        /// In order, and not shown yet.
        var next: Catalog?
        /// What the hook knows; nil when it was never called.
        var told: [String: Int]?
    }

    /// Reads the folder.
    /// - Throws: ``CatalogErrors`` with everything that is wrong, by file and line.
    public init(folder: String, rules: CatalogRules, logger: Logger) throws(CatalogErrors) {
        var reader = CatalogReader(folder: folder, rules: rules)
        let listing = try CatalogListing(folder: folder)
        let catalog = try reader.catalog(listing)
        self.folder = folder
        self.rules = rules
        self.logger = logger
        shown = Mutex(Shown(catalog: catalog))
        looking = Mutex(Looking(reader: reader, taken: listing, next: catalog))
    }

    /// A catalog that has no files and stays as it is.
    public init(_ catalog: Catalog, logger: Logger) {
        folder = nil
        rules = nil
        self.logger = logger
        shown = Mutex(Shown(catalog: catalog))
        looking = Mutex(Looking(next: catalog))
    }

    /// Who needs several things of it for one page keeps the value: the next call may give another.
    public var current: Catalog { shown.withLock { $0.catalog } }

    /// What is wrong with the files as they are now; the catalog that is shown is an earlier one then.
    public var problems: [CatalogError] { shown.withLock { $0.problems } }

    /// Looks whether files have come, gone or changed, and reads those that have, when two looks have seen the same: nobody is writing to
    /// them any more. Blocks while it reads.
    /// - Parameter isComplete: somebody has said so; one look is enough.
    /// - Returns: true when there is a catalog to ``take(_:)``.
    @discardableResult
    public func look(isComplete: Bool = false) -> Bool {
        guard let folder else { return false }
        return looking.withLock { state in
            look(folder, isComplete, &state)
            return state.next != nil
        }
    }

    private func look(_ folder: String, _ isComplete: Bool, _ state: inout Looking) {
        let listing: CatalogListing
        do { listing = try CatalogListing(folder: folder) } catch { return report(error.complaints) }
        guard listing != state.taken else {
            state.seen = nil
            return report(state.problems)
        }
        guard isComplete || listing == state.seen, var reader = state.reader else {
            state.seen = listing
            return
        }
        state.reader = nil
        let found = Result { () throws(CatalogErrors) in try reader.catalog(listing) }
        state.reader = reader
        // What was written to while it was read is read again when it is at rest.
        let after = try? CatalogListing(folder: folder)
        guard after == listing else {
            state.seen = after
            return
        }
        state.taken = listing
        state.seen = nil
        switch found {
        case .success(let catalog):
            state.next = catalog
            state.problems = []
        case .failure(let errors): state.problems = errors.complaints
        }
        report(state.problems)
    }

    private func report(_ complaints: [CatalogError]) {
        let isNew = shown.withLock { shown in
            defer { shown.problems = complaints }
            return shown.problems != complaints
        }
        guard isNew else { return }
        for complaint in complaints { logger.error("the catalog is wrong, the earlier one stays", metadata: ["problem": "\(complaint)"]) }
    }

    /// Shows the catalog that was read last, when it is not shown yet; the first call is about the one that was read first.
    /// - Throws: what the hook throws; the catalog can be taken later.
    public func take(_ hook: StockHook = { _ in }) async throws {
        let (next, told) = looking.withLock { ($0.next, $0.told) }
        guard let next else { return }
        let stock = next.stock
        if stock != told { try await hook(stock) }
        shown.withLock { $0.catalog = next }
        looking.withLock {
            $0.next = nil
            $0.told = stock
        }
        guard told != nil else { return }
        logger.info("the catalog has changed", metadata: ["products": "\(next.products.count)"])
    }
}
