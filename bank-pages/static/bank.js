// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// The bank's side of the talk with a Taler wallet: presence, a confirmed withdrawal's delivery, and word of a filled reserve. All of it
// works without this script as well, by header fields.
(function () {
    'use strict';

    var root = document.documentElement;

    function dispatch(name, detail) {
        document.body.dispatchEvent(new CustomEvent(name, { detail: detail, bubbles: true }));
    }

    // ---- presence ----------------------------------------------------------------------------------------------

    function setPresent(present) {
        var sheet = document.getElementById('taler-presence-stylesheet');
        // A sheet that a wallet has put in its place stays as it is.
        if (sheet && /\/presence\.css$/.test(sheet.href || '')) {
            sheet.disabled = present;
        }
        root.classList.toggle('taler-present', present);
    }

    ['taler-wallet-present', 'taler-wallet-load', 'taler-load'].forEach(function (name) {
        document.addEventListener(name, function () { setPresent(true); }, true);
    });
    ['taler-wallet-unload', 'taler-unload'].forEach(function (name) {
        document.addEventListener(name, function () { setPresent(false); }, true);
    });

    // ---- withdrawing -------------------------------------------------------------------------------------------

    function say(text, kind) {
        var place = document.querySelector('[data-taler-status]');
        if (place) {
            place.className = 'message status' + (kind ? ' ' + kind : '');
            place.textContent = text;
        }
    }

    // What a wallet outside of this browser needs, as the page without scripts says it.
    function describe(form, answer) {
        var place = document.querySelector('[data-taler-status]');
        if (!place) {
            return;
        }
        var list = document.createElement('dl');
        function line(name, value, kind) {
            var term = document.createElement('dt');
            var description = document.createElement('dd');
            term.textContent = name;
            description.textContent = value;
            description.className = kind;
            list.appendChild(term);
            list.appendChild(description);
        }
        var exchange = form.getAttribute('data-taler-exchange');
        line('Amount', amountText(answer.amount), '');
        if (exchange) {
            line('Suggested exchange', exchange, 'code');
        }
        line('Callback address', answer.callback_url, 'code');
        place.appendChild(list);
    }

    // CreateReserveDetail, and the exchange that the bank suggests, as wallets of 2017 read it.
    function reserveDetail(form, answer) {
        var detail = { amount: answer.amount, callback_url: answer.callback_url, wt_types: answer.wt_types };
        var exchange = form.getAttribute('data-taler-exchange');
        if (exchange) {
            detail.suggested_exchange_url = exchange;
        }
        return detail;
    }

    // 12.50 KUDOS
    function amountText(amount) {
        var digits = ('00000000' + amount.fraction).slice(-8).replace(/0{1,6}$/, '');
        return amount.value + '.' + digits + ' ' + amount.currency;
    }

    // A confirmed withdrawal is not confirmed again by a second click.
    function setConfirmed(form, confirmed) {
        var button = form.querySelector('button[type="submit"]');
        button.setAttribute('aria-disabled', confirmed ? 'true' : 'false');
        button.hidden = confirmed;
        form.querySelector('[name="amount"]').readOnly = confirmed;
    }

    function parse(text) {
        try {
            return JSON.parse(text) || {};
        } catch (ignored) {
            return {};
        }
    }

    function showProblem(field, text) {
        say(text, 'bad');
        field.setAttribute('aria-invalid', 'true');
        field.setAttribute('aria-describedby', 'amount-hint status');
        field.focus();
    }

    function withdraw(form) {
        var button = form.querySelector('button[type="submit"]');
        var field = form.querySelector('[name="amount"]');
        if (button.getAttribute('aria-disabled') === 'true') {
            return;
        }
        button.setAttribute('aria-disabled', 'true');
        field.removeAttribute('aria-invalid');
        var body = Array.prototype.map.call(form.querySelectorAll('[name]'), function (one) {
            return encodeURIComponent(one.name) + '=' + encodeURIComponent(one.value);
        }).join('&');
        var request = new XMLHttpRequest();
        request.open('POST', form.action, true);
        request.setRequestHeader('Accept', 'application/json');
        request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
        request.timeout = 60000;
        request.onload = function () {
            var answer = parse(request.responseText);
            var isConfirmed = request.status === 200 && Boolean(answer.callback_url && answer.amount);
            setConfirmed(form, isConfirmed);
            if (isConfirmed) {
                say(root.classList.contains('taler-present')
                    ? 'Confirmed. Your wallet asks you now where the money is to go.'
                    : 'Confirmed. If no wallet comes up: a wallet outside of this browser needs the following. Open the address that it '
                        + 'then makes in this browser, where you are logged in.', 'good');
                describe(form, answer);
                dispatch('taler-create-reserve', reserveDetail(form, answer));
            } else if (request.status === 401) {
                window.location.assign(form.action);
            } else if (request.status >= 400 && request.status < 500 && answer.hint) {
                showProblem(field, answer.hint);
            } else {
                say('The bank could not do this just now. Please try again in a little while; no money was moved.', 'bad');
            }
        };
        request.onerror = request.ontimeout = function () {
            button.setAttribute('aria-disabled', 'false');
            say('The bank could not be reached. Please check your connection and try again; no money was moved.', 'bad');
        };
        request.send(body);
    }

    var form = document.querySelector('form[data-taler-withdraw]');
    if (form) {
        form.addEventListener('submit', function (event) {
            event.preventDefault();
            withdraw(form);
        });
    }

    // ---- start -------------------------------------------------------------------------------------------------

    window.addEventListener('load', function () {
        dispatch('taler-probe');
        var filled = document.querySelector('[data-taler-confirm-reserve]');
        if (filled) {
            dispatch('taler-confirm-reserve', { reserve_pub: filled.getAttribute('data-taler-confirm-reserve') });
        }
        var wrong = document.querySelector('[aria-invalid="true"]');
        if (wrong) {
            wrong.focus();
        }
    });

    // A page that comes back from the browser's cache starts afresh.
    window.addEventListener('pageshow', function (event) {
        if (event.persisted) {
            say('');
            if (form) {
                setConfirmed(form, false);
            }
            dispatch('taler-probe');
        }
    });
}());
