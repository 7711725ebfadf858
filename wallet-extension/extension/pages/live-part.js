// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/** A part of a page that is made anew only when what it shows has changed. */

export class LivePart {
  #host;
  #shown = null;

  constructor(host) {
    this.#host = host;
  }

  /** `view` makes the node for `data`, or null to hide the part. What had the focus in it, by its id, has it afterwards; so with open disclosures. */
  show(data, view) {
    const text = JSON.stringify(data, plain);
    if (text === this.#shown) return;
    this.#shown = text;
    const focused = this.#host.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...this.#host.querySelectorAll("details[open]")].map(({ id }) => id);
    const made = view(data);
    this.#host.hidden = made === null;
    this.#host.replaceChildren(...(made === null ? [] : [made].flat()));
    for (const id of open) this.#host.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
    if (focused !== "") this.#host.querySelector(`#${CSS.escape(focused)}`)?.focus();
  }
}

function plain(key, value) {
  return typeof value === "bigint" ? `${value}` : value;
}
