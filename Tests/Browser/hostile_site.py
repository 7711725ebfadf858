# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A site that does whatever a test wants of it, and remembers what it was sent."""

import http.server
import threading

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{body}<script>
window.results = [];
window.present = 0;
document.addEventListener("taler-payment-result", (event) => window.results.push(JSON.parse(JSON.stringify(event.detail))));
document.addEventListener("taler-wallet-present", () => {{ window.present += 1; }});
window.say = (name, detail, target = document.body) => target.dispatchEvent(new CustomEvent(name, {{detail, bubbles: true}}));
{script}
</script></body></html>"""


class HostileSite:
    """Its own origin on a port that the system picks. `answer(path, function)`: the function gets the request's handler."""

    def __init__(self):
        site = self
        self._answers = {}
        self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                length = int(self.headers.get("Content-Length") or 0)
                self.body = self.rfile.read(length)
                path = self.path.split("?")[0]
                site.requests.append((self.command, path, self.body))
                answer = site._answers.get(path)
                if answer is None:
                    self.reply(404, b"nothing here")
                else:
                    answer(self)

            do_GET = do_POST = do_OPTIONS = do_PUT = do_HEAD = handle_any

            def reply(self, status, body=b"", **fields):
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **{n.replace("_", "-"): v for n, v in fields.items()}}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                """Who goes away while it is answered is no trouble."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path, function):
        self._answers[path] = function

    def page(self, path, title, body="", script="", status=200, **fields):
        """A page that keeps the wallet's answers in `window.results`, and can `say(name, detail)`; gives its address."""
        text = PAGE.format(title=title, body=body, script=script).encode()
        self.answer(path, lambda request: request.reply(status, text, **fields))
        return self.origin + path

    def sent(self, path, method=None):
        """The bodies that came to this path."""
        return [body for command, at, body in self.requests if at == path and (method is None or command == method)]
