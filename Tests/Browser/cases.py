# SPDX-FileCopyrightText: The Taler merchant authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""All cases, in the order in which they run, by group: groups share nothing and may run side by side."""

from cases_attacks import double_spend, tampered
from cases_bank import bank_looks, bank_withdrawal, bank_without_scripts
from cases_buying import donation, download, essay
from cases_cart import cart_of_three, goods_with_address
from cases_devices import cookies_deleted, second_device
from cases_every_page import every_page
from cases_exchange import exchange_down
from cases_expiry import contract_expired
from cases_extension_consent import extension_fast_clicks, extension_withdrawal_consent
from cases_extension_consent_looks import extension_consent_looks
from cases_extension_core import known_answers
from cases_extension_database import wallet_database
from cases_extension_engine import engine_in_node
from cases_extension_firefox import firefox_buying
from cases_extension_hostile import extension_hostile_claims, extension_hostile_flood, extension_hostile_frames, extension_hostile_offers
from cases_extension_hostile_answers import extension_hostile_answers, extension_hostile_redirects
from cases_extension_hostile_banks import extension_hostile_banks
from cases_extension_in_shops import extension_beside_inpage, extension_switch, extension_tampered, extension_two_tabs
from cases_extension_leaving import extension_hostile_world, extension_page_closed, extension_page_left
from cases_extension_money import extension_backup, extension_refund
from cases_extension_pages import extension_keyboard, extension_pages
from cases_extension_paying import extension_change, extension_exact_coins, extension_insufficient
from cases_extension_power_cut import extension_killed_before_answer, extension_killed_before_sending
from cases_extension_random import extension_random_kills
from cases_extension_withdraw import extension_withdrawal, extension_withdrawal_without_scripts
from cases_failures import down_before_paying, killed_while_paying
from cases_inpage_consent import inpage_consent
from cases_inpage_withdrawal import inpage_withdrawal
from cases_keyboard import keyboard_buying, keyboard_language, keyboard_office
from cases_languages import languages
from cases_no_scripts import buying_without_scripts
from cases_pages import looks, no_scripts, no_wallet
from cases_refund import refund_by_owner
from cases_twice import back_and_reload, double_click, other_tab_moves_on, two_tabs

GROUPS = {
    # Shop, office, bank and exchange, paid with the wallet in the page.
    "shop": [
        essay, donation, download, cart_of_three, goods_with_address, double_click, two_tabs, other_tab_moves_on, back_and_reload,
        second_device, cookies_deleted, contract_expired, exchange_down, refund_by_owner, languages, tampered, double_spend, inpage_consent,
        inpage_withdrawal, killed_while_paying, down_before_paying, no_wallet, no_scripts, buying_without_scripts, looks, keyboard_buying,
        keyboard_language, keyboard_office, every_page, bank_withdrawal, bank_without_scripts, bank_looks,
    ],
    # The wallet's extension in Chromium and Firefox, and its parts.
    "extension": [
        known_answers, engine_in_node, wallet_database, extension_withdrawal, extension_withdrawal_without_scripts, extension_exact_coins,
        extension_change, extension_insufficient, extension_switch, extension_two_tabs, extension_tampered, extension_beside_inpage,
        extension_refund, extension_backup, extension_pages, extension_consent_looks, extension_keyboard, extension_killed_before_sending,
        extension_killed_before_answer, extension_hostile_offers, extension_hostile_flood, extension_hostile_frames, extension_hostile_claims,
        extension_hostile_redirects, extension_hostile_answers, extension_hostile_banks, extension_hostile_world, extension_page_closed,
        extension_page_left, extension_fast_clicks, extension_withdrawal_consent, firefox_buying,
    ],
    # Browsers that are killed at random.
    "kills": [extension_random_kills],
}

CASES = [case for cases in GROUPS.values() for case in cases]
