# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The books of wallets beside those of exchange, bank and merchant: computed here from their records, by none of their own code."""

import sqlite3
import subprocess
from collections import Counter
from decimal import Decimal

from sandbox import decode_base32

WHOLE = 10 ** 8


def units(amount):
    """`KUDOS:1.5` in units of 10^-8."""
    currency, digits = amount.split(":")
    assert currency == "KUDOS", amount
    return int(Decimal(digits) * WHOLE)


class ExchangeBooks:
    """Rows of the exchange's database; keys and hashes are bytes, amounts units."""

    def __init__(self, data):
        self._connection = sqlite3.connect(f"file:{data / 'exchange.sqlite'}?mode=ro", uri=True, timeout=30)
        try:
            self.coins = {key: (value, spent) for key, value, spent in self._rows("SELECT coin_pub, value, spent FROM known_coin")}
            self.deposits = {number: contract for number, contract in self._rows("SELECT id, h_contract_terms FROM deposit")}
            self.deposited = self._rows("SELECT deposit, coin_pub, contribution FROM deposit_coin")
            self.refunds = self._rows("SELECT deposit, coin_pub, amount, fee FROM refund")
            self.melts = self._rows("SELECT id, rc, coin_pub, amount_with_fee FROM refresh")
            self.fresh = self._rows("SELECT refresh, h_denom_pub FROM refresh_coin")
            self.reserves = dict(self._rows("SELECT reserve_pub, balance FROM reserve"))
            self.credits = self._rows("SELECT reserve_pub, amount FROM reserve_credit")
            self.withdrawals = self._rows("SELECT reserve_pub, h_denom_pub, amount_with_fee FROM withdrawal")
        finally:
            self._connection.close()

    def _rows(self, sql):
        return self._connection.execute(sql).fetchall()

    def remaining(self, coin, value):
        """What a coin of this value can still pay, by what was done with it."""
        taken = sum(contribution for _, key, contribution in self.deposited if key == coin)
        taken += sum(amount for _, _, key, amount in self.melts if key == coin)
        return value - taken + sum(amount - fee for _, key, amount, fee in self.refunds if key == coin)


class Comparison:
    """Everything that does not agree, as sentences. `before`: the exchange's books before the wallets had anything."""

    def __init__(self, sandbox, wallets, before):
        self.sandbox = sandbox
        self.wallets = wallets
        self.before = before
        self.exchange = ExchangeBooks(sandbox.data)
        self.lost = []
        self.double = []
        self.other = []
        self._coins = {decode_base32(coin["coinPub"]): coin for wallet in wallets for coin in wallet["coins"]}
        for wallet in wallets:
            self._ledger(wallet)
        self._each_coin()
        self._reserves()
        self._refreshes()
        self._purchases()

    def _all(self, store):
        return [record for wallet in self.wallets for record in wallet[store]]

    def payments(self):
        return sum(purchase["state"] == "paid" for purchase in self._all("purchases"))

    def withdrawals(self):
        return sum(reserve["state"] == "done" for reserve in self._all("reserves"))

    def refreshes(self):
        return sum(refresh["state"] == "done" for refresh in self._all("refreshes"))

    def refunds(self):
        return sum(len(purchase["refunds"] or []) for purchase in self._all("purchases"))

    def _ledger(self, wallet):
        """Entries and coins of one wallet."""
        for book in wallet["books"]:
            if not book["agrees"]:
                self.other.append(f"the wallet says that its books do not agree: {book}")
        entries = sum(entry["sign"] * units(entry["amount"]) for entry in wallet["ledger"])
        held = sum(units(coin["remaining"]) for coin in wallet["coins"])
        if entries != held:
            self.other.append(f"a ledger comes to {entries}, its coins to {held}")
        kinds = Counter(entry["kind"] for entry in wallet["ledger"])
        for kind in ("loss", "found"):
            if kinds[kind]:
                self.lost.append(f"{kinds[kind]} entries of {kind} in a ledger: {[e for e in wallet['ledger'] if e['kind'] == kind][:3]}")
        paid = sum(purchase["state"] == "paid" for purchase in wallet["purchases"])
        if kinds["payment"] != paid:
            self.double.append(f"{kinds['payment']} payments in a ledger for {paid} purchases")
        spent = sum(units(coin["contribution"]) for one in wallet["purchases"] if one["state"] == "paid" for coin in one["coins"])
        booked = sum(units(entry["amount"]) for entry in wallet["ledger"] if entry["kind"] == "payment")
        if spent != booked:
            self.other.append(f"payments of {booked} in a ledger, of {spent} in its purchases")

    def _each_coin(self):
        if len(self._coins) != len(self._all("coins")):
            self.double.append("a coin is in two wallets")
        for key, coin in self._coins.items():
            mine, value = units(coin["remaining"]), units(coin["value"])
            theirs = self.exchange.remaining(key, value)
            known = self.exchange.coins.get(key)
            name = f"{coin['coinPub'][:8]} ({coin['state']})"
            if known is not None and known[0] - known[1] != theirs:
                self.other.append(f"coin {name}: the exchange counts {known}, its rows give {theirs}")
            if theirs < 0 or mine > theirs:
                self.double.append(f"coin {name}: {mine} in the wallet, {theirs} at the exchange")
            elif mine < theirs:
                self.lost.append(f"coin {name}: {mine} in the wallet, {theirs} at the exchange")
            if coin["state"] not in ("free", "spent"):
                self.lost.append(f"coin {name} is not free at the end")
        for key in set(self.exchange.coins) - set(self.before.coins) - set(self._coins):
            self.lost.append(f"the exchange knows a coin that no wallet has: {key.hex()[:8]}")

    def _reserves(self):
        """Each withdrawn coin is in the wallet, and what the bank sent is in coins, fees and reserves."""
        mine = {decode_base32(reserve["reservePub"]): reserve for reserve in self._all("reserves")}
        sent = Counter()
        for row in self.sandbox.exchange_history():
            try:
                key = decode_base32(row["wt_subject"].split()[0])
            except ValueError:
                continue
            if row["sign"] == "+" and key in mine:
                sent[key] += units(row["amount"])
        for key in set(self.exchange.reserves) - set(self.before.reserves) - set(mine):
            self.lost.append(f"the exchange knows a reserve that no wallet has: {key.hex()[:8]}")
        for key, reserve in mine.items():
            name = f"reserve {reserve['reservePub'][:8]} ({reserve['state']})"
            coins = Counter(coin["denomHash"] for coin in self._coins.values() if (coin["from"] or {}).get("reserve") == reserve["reservePub"])
            signed = Counter(denomination for owner, denomination, _ in self.exchange.withdrawals if owner == key)
            if signed != Counter({decode_base32(name): count for name, count in coins.items()}):
                self.lost.append(f"{name}: {signed.total()} coins withdrawn, {coins.total()} in the wallet")
            credit = sum(amount for owner, amount in self.exchange.credits if owner == key)
            taken = sum(amount for owner, _, amount in self.exchange.withdrawals if owner == key)
            if sent[key] != credit or credit - taken != self.exchange.reserves.get(key, 0):
                self.other.append(f"{name}: {sent[key]} sent, {credit} arrived, {taken} withdrawn, {self.exchange.reserves.get(key)} left")
            if credit > units(reserve["amount"]):
                self.double.append(f"{name}: {credit} sent instead of {reserve['amount']}")
            if reserve["state"] != "done" or self.exchange.reserves.get(key, 0) > WHOLE // 100:
                self.lost.append(f"{name} ends with {self.exchange.reserves.get(key)} in it")

    def _refreshes(self):
        """Each melt is one of a wallet, and its fresh coins are there."""
        mine = {decode_base32(refresh["id"]): refresh for refresh in self._all("refreshes")}
        for number, commitment, coin, _ in self.exchange.melts:
            if coin in self.before.coins or coin not in self._coins:
                continue
            refresh = mine.get(commitment)
            signed = Counter(denomination for melt, denomination in self.exchange.fresh if melt == number)
            coins = Counter() if refresh is None else Counter(
                decode_base32(one["denomHash"]) for one in self._coins.values() if (one["from"] or {}).get("refresh") == refresh["id"])
            if refresh is None or refresh["state"] != "done" or signed != coins or not coins:
                self.lost.append(f"melt {commitment.hex()[:8]}: {refresh and refresh['state']}, {signed.total()} signed, {coins.total()} in the wallet")

    def _purchases(self):
        """What a wallet calls paid is paid once with its coins, at the backend and at the exchange, and nothing else is."""
        deposits = {}
        for number, contract in self.exchange.deposits.items():
            if number not in self.before.deposits:
                deposits.setdefault(contract, []).append(number)
        paid = {}
        for purchase in self._all("purchases"):
            key = decode_base32(purchase["id"])
            name = f"purchase {purchase['id'][:8]} ({purchase['state']})"
            if any(refusal["code"] == 1012 for refusal in purchase["refusals"] or []):
                self.double.append(f"{name}: the exchange refused a coin as spent")
            if purchase["state"] != "paid":
                if key in deposits:
                    self.lost.append(f"{name}, and the exchange has a deposit for it")
                continue
            if key in paid:
                self.double.append(f"{name} stands in two wallets")
            paid[key] = purchase
            coins = {decode_base32(one["coinPub"]): units(one["contribution"]) for one in purchase["coins"]}
            numbers = deposits.get(key, [])
            there = [(coin, amount) for number, coin, amount in self.exchange.deposited if number in numbers]
            if len(numbers) != 1 or len(there) != len(coins) or dict(there) != coins:
                self.double.append(f"{name}: {len(numbers)} deposits, {len(there)} coins instead of {len(coins)}")
            record = self.sandbox.order(purchase["id"])
            accepted = [batch for batch in record["deposits"] if batch["state"] == "accepted"]
            used = {decode_base32(coin["coin_pub"]) for batch in accepted for coin in batch["coins"]}
            if record["state"] not in ("paid", "refunded", "wired") or len(accepted) != 1 or used != set(coins):
                self.other.append(f"{name}: the backend says {record['state']}, with {len(accepted)} accepted batches")
        for key in set(deposits) - set(paid):
            self.lost.append(f"the exchange has a deposit for {key.hex()[:8]}, which no wallet calls paid")

    def audit(self):
        """(status, complaints) of the exchange's own audit."""
        done = subprocess.run([self.sandbox.bin / "sandbox", "exchange", "audit", "-c", self.sandbox.configuration],
                              capture_output=True, text=True, timeout=300)
        return done.returncode, (done.stderr + done.stdout).strip()[-600:] if done.returncode else ""
