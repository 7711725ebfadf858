// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

import Localization

/// Puts together what the files say, and complains about what does not go together.
struct CatalogAssembly {
    let pictures: [String: FileStamp]
    let files: [String: FileStamp]
    private(set) var complaints: [CatalogError] = []
    private var drafts: [ProductDraft] = []
    private var byID: [String: Int] = [:]
    private var numbers: [Int64: String] = [:]
    private var ids: Set<String> = []
    private var translations: [Translation] = []
    private var translated: [String: Set<Language>] = [:]

    init(pictures: [String: FileStamp], files: [String: FileStamp]) {
        self.pictures = pictures
        self.files = files
    }

    /// A file that cannot be read tells about these.
    mutating func expect(_ ids: Set<String>) { self.ids.formUnion(ids) }

    mutating func add(_ file: CatalogFile) {
        complaints += file.complaints
        translations += file.translations
        ids.formUnion(file.ids)
        for draft in file.drafts { add(draft) }
    }

    private mutating func add(_ draft: ProductDraft) {
        if let picture = draft.picture, pictures[picture] == nil {
            complaints.append(draft.complaint("picture", "there is no pictures/\(picture)"))
        }
        if let file = draft.download, files[file] == nil { complaints.append(draft.complaint("file", "there is no files/\(file)")) }
        if let number = draft.number {
            if let other = numbers[number] {
                complaints.append(draft.complaint("number", "\(other) has the number \(number), too"))
            } else {
                numbers[number] = draft.id ?? draft.place
            }
        }
        guard let id = draft.id else { return }
        if let other = byID[id] {
            complaints.append(draft.complaint("id", "\(drafts[other].place) has the id \(id), too"))
            return
        }
        byID[id] = drafts.count
        drafts.append(draft)
    }

    /// The products in the order of their numbers, with their translations.
    mutating func finish() -> [Product] {
        for translation in translations {
            guard let index = byID[translation.product] else {
                if !ids.contains(translation.product) { complain(translation, "there is no product \(translation.product)") }
                continue
            }
            let draft = drafts[index]
            if translation.language == draft.language {
                complain(translation, "\(translation.language.code) is the main language of \(translation.product)")
            } else if !translated[translation.product, default: []].insert(translation.language).inserted {
                complain(translation, "\(translation.product) is translated into \(translation.language.code) twice")
            } else if let product = draft.product {
                drafts[index].product?.translations[translation.language] = translation.applied(to: product.text)
            }
        }
        return drafts.compactMap(\.product).sorted { $0.number < $1.number }
    }

    private mutating func complain(_ translation: Translation, _ reason: String) {
        complaints.append(CatalogError(file: translation.file, line: translation.line, reason: reason))
    }
}
