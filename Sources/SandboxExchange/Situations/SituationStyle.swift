// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/// The style sheet of the situations' page, in the colours of the shop's.
enum SituationStyle {
    static let text = """
        :root {
            color-scheme: light dark;
            --ground: #faf5ea; --surface: #fffdf8; --raised: #f3ead6; --ink: #22303a; --muted: #55626a; --line: #ddd0b4;
            --accent: #1f6b5e; --accent-strong: #164f45; --on-accent: #ffffff; --good-ground: #dfeee7; --good-ink: #164f45;
            --bad-ground: #f9e1da; --bad-ink: #86301b; --note-ground: #f8e9c8; --note-ink: #5e4310; --focus: #b3471d;
            --shadow: 0 1px 2px rgb(60 45 20 / 8%), 0 8px 24px rgb(60 45 20 / 8%);
            --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", Georgia, "DejaVu Serif", serif;
            --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
        }
        @media (prefers-color-scheme: dark) {
            :root {
                --ground: #141d25; --surface: #1d2934; --raised: #263542; --ink: #f1eadc; --muted: #b3bfc5; --line: #374957;
                --accent: #9fd0bc; --accent-strong: #c3e6d8; --on-accent: #10201b; --good-ground: #1d3b34; --good-ink: #c3e6d8;
                --bad-ground: #4a2419; --bad-ink: #ffd3c5; --note-ground: #423415; --note-ink: #f7dfa8; --focus: #f0bf62;
                --shadow: 0 1px 2px rgb(0 0 0 / 30%), 0 8px 24px rgb(0 0 0 / 25%);
            }
        }
        *, *::before, *::after { box-sizing: border-box; }
        body {
            margin: 0; min-height: 100vh; display: flex; flex-direction: column;
            background: var(--ground); color: var(--ink); font: 1.0625rem/1.6 var(--sans);
        }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 4px; }
        h1, h2, h3 { font-family: var(--serif); line-height: 1.15; text-wrap: balance; margin: 0 0 0.5em; }
        h1 { font-size: clamp(2rem, 1.5rem + 2.6vw, 3.25rem); letter-spacing: -0.015em; }
        h2 { font-size: 1.5rem; margin-top: 2.2em; }
        h3 { font-size: 1.2rem; margin-bottom: 0.15em; }
        p { margin: 0 0 0.8rem; }
        code { font-size: 0.9em; overflow-wrap: anywhere; }
        .wrap { width: min(72rem, 100% - 2.5rem); margin-inline: auto; }
        .skip {
            position: absolute; left: 1rem; top: -4rem; padding: 0.6rem 1rem; background: var(--accent); color: var(--on-accent);
            border-radius: 0 0 8px 8px;
        }
        .skip:focus { top: 0; }
        .masthead { border-bottom: 1px solid var(--line); background: var(--surface); }
        .masthead .wrap { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1.5rem; padding-block: 0.9rem; }
        .masthead p { margin: 0; }
        .wordmark { font: 700 1.3rem/1.2 var(--serif); }
        .sign { padding: 0.25rem 0.8rem; border-radius: 99px; background: var(--note-ground); color: var(--note-ink); font-size: 0.9rem; }
        main { flex: 1 0 auto; padding-block: clamp(1.75rem, 1rem + 3vw, 3.5rem) 4rem; }
        .lead { max-width: 46rem; color: var(--muted); }
        .quiet { color: var(--muted); }
        .message { padding: 0.85rem 1rem; border-radius: 10px; overflow-wrap: anywhere; }
        .good { background: var(--good-ground); color: var(--good-ink); }
        .bad { background: var(--bad-ground); color: var(--bad-ink); }
        .note { padding: 0.7rem 0.9rem; border-radius: 10px; background: var(--note-ground); color: var(--note-ink); font-size: 0.95rem; }
        .holding { list-style: none; margin: 0 0 1rem; padding: 0; }
        .holding li {
            display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.6rem 1.5rem;
            padding: 0.8rem 1rem; margin-bottom: 0.6rem; border: 1px solid var(--line); border-left: 6px solid var(--accent);
            border-radius: 10px; background: var(--surface);
        }
        .holding code { color: var(--muted); }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(16.5rem, 100%), 1fr)); gap: 1.1rem; }
        .card {
            display: flex; flex-direction: column; padding: 1.2rem 1.3rem; border: 1px solid var(--line); border-radius: 14px;
            background: var(--surface); box-shadow: var(--shadow);
        }
        .card form { margin-top: auto; }
        .card .code { color: var(--muted); margin-bottom: 0.5rem; }
        .card .note { margin: auto 0 0; }
        form p { margin: 0 0 0.7rem; }
        label { display: block; font-weight: 600; font-size: 0.92rem; }
        input[type="text"], select {
            width: 100%; min-height: 2.6rem; padding: 0.35rem 0.6rem; border: 1px solid var(--muted); border-radius: 8px;
            background: var(--ground); color: var(--ink); font: inherit; font-size: 1rem;
        }
        .check { display: flex; gap: 0.6rem; align-items: flex-start; }
        .check input { width: 1.2rem; height: 1.2rem; margin: 0.2rem 0 0; accent-color: var(--accent); flex: none; }
        .check label { font-weight: 400; }
        details { margin: 0 0 0.9rem; }
        summary { cursor: pointer; color: var(--accent); font-weight: 600; font-size: 0.95rem; margin-bottom: 0.5rem; }
        .button {
            width: 100%; min-height: 2.9rem; padding: 0.5rem 1.2rem; border: 2px solid transparent; border-radius: 10px;
            background: var(--accent); color: var(--on-accent); font: 650 1.05rem/1.2 var(--sans); cursor: pointer;
        }
        .button:hover { background: var(--accent-strong); }
        .button.plain { background: transparent; border-color: var(--accent); color: var(--accent); }
        .button.plain:hover { background: var(--raised); }
        .button.narrow { width: auto; }
        .foot { border-top: 1px solid var(--line); background: var(--surface); color: var(--muted); font-size: 0.92rem; }
        .foot .wrap { padding-block: 1.4rem; }
        .foot p { margin: 0; }
        @media (forced-colors: active) { .card, .button { border: 1px solid; } }

        """
}
