# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The five programs, in a data folder of their own, and what they say when asked without a browser."""

import itertools
import json
import os
import pathlib
import random
import re
import signal
import socket
import sqlite3
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from report import wait_for

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetch(url, headers=None, timeout=30):
    """(status, body); an error status is an answer as well."""
    try:
        with DIRECT.open(urllib.request.Request(url, headers=headers or {}), timeout=timeout) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


class Program:
    """One process of ours: started, waited for, stopped by its own number."""

    def __init__(self, name, command, address, log):
        self.name = name
        self.command = command
        self.address = address
        self.log = log
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        wait_for(f"{self.name} answers", self._answers, ignore=(OSError,))

    def _answers(self):
        if self.process.poll() is not None:
            lines = pathlib.Path(self.log).read_text(errors="replace").splitlines()[-20:]
            kind = PortTaken if any("Address already in use" in line for line in lines) else RuntimeError
            raise kind("\n".join([f"{self.name} ended with status {self.process.returncode}:", *lines]))
        # Another program may have the port, and answer.
        return listens(self.process.pid, urllib.parse.urlsplit(self.address).port) and fetch(self.address)[0] == 200

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        """As a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self, seconds=15):
        """SIGTERM; gives the exit status, or None when it had to be killed."""
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None


class PortTaken(RuntimeError):
    """Somebody else took a port between the moment when it was chosen and the program's start."""


def listens(pid, port):
    """Whether the process has a listening socket at the port."""
    rows = [line.split() for line in pathlib.Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets = {f"socket:[{row[9]}]" for row in rows if row[3] == "0A" and int(row[1].rsplit(":", 1)[1], 16) == port}
    return any(os.readlink(one) in sockets for one in pathlib.Path(f"/proc/{pid}/fd").iterdir())


class Sandbox:
    """Bank, exchange, backend, frontend and the wallet's pages."""

    def __init__(self, programs, data):
        self.bin = pathlib.Path(programs).resolve()
        self.data = pathlib.Path(data)
        self.log = self.data / "log"
        self.log.mkdir(parents=True)
        subprocess.run(
            [self.bin / "sandbox", "setup", "--data", self.data, "--resources", REPOSITORY], check=True, stdout=subprocess.DEVNULL,
            timeout=300)
        lines = (self.data / "addresses").read_text().split()
        addresses = dict(line.split("=", 1) for line in lines)
        self.bank_url, self.exchange_url, self.backend_url, self.shop, self.wallet = (
            addresses[name + "_url"] for name in ("bank", "exchange", "backend", "shop", "wallet"))
        self.office_url = addresses.get("office_url")
        self.configuration = self.data / "taler.conf"
        self.bank = self._program("bank", "sandbox", "bank", self.bank_url + "config")
        self.exchange = self._program("exchange", "sandbox", "exchange", self.exchange_url + "keys")
        self.backend = self._program("backend", "merchant-backend", "serve", self.backend_url + "config")
        self.frontend = self._program("frontend", "merchant-frontend", "serve", self.shop)
        self.pages = self._program("wallet", "sandbox", "wallet", self.wallet + "config.json")
        # Other shops' addresses, by their names; and the addresses of their back offices, by theirs.
        self.others = {}
        self.offices = {}
        self.programs = [self.bank, self.exchange, self.backend, self.frontend, self.pages]

    def _program(self, name, binary, command, address, configuration=None):
        return Program(
            name, [self.bin / binary, command, "-c", configuration or self.configuration], address, self.log / f"{name}.log")

    @classmethod
    def started(cls, programs, folder):
        """One whose programs all answer; with other ports when somebody was faster with one of them."""
        for number in range(5):
            sandbox = cls(programs, pathlib.Path(folder) / f"data-{number}")
            try:
                for program in sandbox.programs:
                    program.start()
                return sandbox
            except PortTaken as taken:
                print(f"  {taken}", flush=True)
                sandbox.stop()
        raise RuntimeError("no ports could be had")

    def shop_without_wallet(self):
        """A second frontend with the same backend, whose pages load no wallet, and a back office of its own: its address. The same one
        each time."""
        if "no-wallet" not in self.others:
            self.others["no-wallet"] = self.second_shop("no-wallet", has_office=True, WALLET_ORIGIN=None)
        return self.others["no-wallet"]

    def second_shop(self, name, has_office=False, **settings):
        """Another frontend with the same backend and its own orders: its address. A setting of None is left out."""
        address, port = free_address()
        settings |= {"PORT": port, "PUBLIC_URL": address, "DB": f"shop-{name}.sqlite", "SECRET_FILE": f"shop-{name}.secret"}
        sections = {"[frontend]": settings}
        if has_office:
            self.offices[address], port = free_address()
            sections["[office]"] = {"PORT": port, "PUBLIC_URL": self.offices[address]}
        parts = re.split(r"(?m)^(?=\[)", self.configuration.read_text())
        parts = [part for part in parts if has_office or not part.startswith("[office]")]
        configuration = self.data / f"taler-{name}.conf"
        configuration.write_text("".join(changed(part, sections.get(part.split("\n", 1)[0])) for part in parts))
        program = self._program(f"frontend-{name}", "merchant-frontend", "serve", address, configuration)
        self.programs.append(program)
        program.start()
        return address

    def end(self, address):
        """Ends the other frontend at this address."""
        program = next(one for one in self.programs if one.address == address)
        program.stop()
        self.programs.remove(program)
        self.others = {name: other for name, other in self.others.items() if other != address}

    def available(self, product, database="shop.sqlite"):
        """How many of a product the shop has left, by its own books."""
        return self._count(database, "SELECT supply - held - sold FROM stock WHERE product = ?", product)

    def secret(self, name):
        return (self.data / name).read_text().split("\n", 1)[0]

    def history(self, username, password):
        """The rows of one account of the bank, oldest first."""
        status, body = fetch(
            self.bank_url + "history?delta=1000", {"X-Taler-Bank-Username": username, "X-Taler-Bank-Password": password})
        if status == 204:
            return []
        if status != 200:
            raise RuntimeError(f"the bank's history: {status} {body!r}")
        return json.loads(body)["data"]

    def exchange_history(self):
        return self.history("exchange", self.secret("exchange.password"))

    def order(self, contract_hash):
        """The backend's record of a contract, or None without an answer of 200."""
        query = urllib.parse.urlencode({"H_contract": contract_hash})
        status, body = fetch(f"{self.backend_url}order?{query}", {"Authorization": "Bearer " + self.secret("merchant.token")})
        return json.loads(body) if status == 200 else None

    def exchange_keys(self):
        return json.loads(fetch(self.exchange_url + "keys")[1])

    def reserve(self, key):
        """What the exchange says of a reserve: (status, answer)."""
        status, body = fetch(f"{self.exchange_url}reserves/{key}")
        return status, json.loads(body)

    def deposits(self, contract_hash):
        """How many deposits the exchange has written down for a contract."""
        return self._count("exchange.sqlite", "SELECT count(*) FROM deposit WHERE h_contract_terms = ?", decode_base32(contract_hash))

    def all_deposits(self):
        return self._count("exchange.sqlite", "SELECT count(*) FROM deposit")

    def _count(self, database, sql, *values):
        connection = sqlite3.connect(f"file:{self.data / database}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(sql, values).fetchone()[0]
        finally:
            connection.close()

    def stop(self, report=None):
        """Stops what runs, the last first."""
        for program in reversed(self.programs):
            if program.process is None:
                continue
            if not program.is_running:
                if report:
                    report.check(f"{program.name} ran until the end", False, f"status {program.process.returncode}")
                continue
            status = program.stop()
            if report:
                report.equal(f"{program.name} ends at SIGTERM with status 0", status, 0)


# Below the range from which Linux takes a port for each outgoing connection.
PORTS = itertools.cycle(random.sample(range(20000, 32768), 32768 - 20000))


def free_address():
    """(address, port) on which nobody listens, and which no connection takes."""
    while True:
        port = next(PORTS)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return f"http://127.0.0.1:{port}/", port


def changed(part, settings):
    """A section of the configuration with these settings; one of None is left out."""
    for key, text in (settings or {}).items():
        part = re.sub(rf"(?m)^{key} *=.*\n", "", part)
        if text is not None:
            part = part.rstrip("\n") + f"\n{key} = {text}\n\n"
    return part


def decode_base32(text):
    """Crockford's digits, five bits each, the most significant first."""
    bits = "".join(f"{'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.index(digit):05b}" for digit in text.upper())
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits) // 8 * 8, 8))


def without_proxies():
    """All of this stays on the machine."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    os.environ["NO_PROXY"] = "*"
