// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// The page's side of the talk with a Taler wallet: presence, the contract's delivery, and what to say when something fails.
(function () {
    'use strict';

    var root = document.documentElement;

    // ---- presence ----------------------------------------------------------------------------------------------

    function setPresent(present) {
        var sheet = document.getElementById('taler-presence-stylesheet');
        if (sheet && /\/presence\.css$/.test(sheet.href || '')) {
            sheet.disabled = present;
        }
        if (present) {
            root.classList.add('taler-present');
        } else {
            root.classList.remove('taler-present');
        }
    }

    ['taler-wallet-present', 'taler-wallet-load', 'taler-load'].forEach(function (name) {
        document.addEventListener(name, function () { setPresent(true); });
    });
    ['taler-wallet-unload', 'taler-unload'].forEach(function (name) {
        document.addEventListener(name, function () { setPresent(false); });
    });

    function dispatch(name, detail) {
        document.body.dispatchEvent(new CustomEvent(name, { detail: detail, bubbles: true }));
    }

    // ---- messages ----------------------------------------------------------------------------------------------

    var NOTHING_CHARGED = ' Nothing was charged for this attempt.';

    // Taler error codes in the words of a shop.
    var BY_CODE = {
        1003: 'The exchange knows one of these coins under another denomination and refused it.' + NOTHING_CHARGED,
        1012: 'A coin in your wallet was already spent, so the exchange refused it.' + NOTHING_CHARGED
            + ' Please try again: your wallet will choose other coins.',
        1015: 'A coin in your wallet belongs to another age group and was refused.' + NOTHING_CHARGED,
        1206: 'A coin in your wallet was already promised to another purchase.' + NOTHING_CHARGED
            + ' Please try again: your wallet will choose other coins.',
        2005: 'The shop no longer knows this offer.' + NOTHING_CHARGED + ' Please reload the page and try again.',
        2025: 'Your wallet’s money comes from an exchange that this shop does not accept.' + NOTHING_CHARGED,
        2151: 'A coin in your wallet is of a kind that its exchange does not know.' + NOTHING_CHARGED,
        2152: 'Your wallet’s money comes from an exchange that no auditor of this shop has checked.' + NOTHING_CHARGED,
        2154: 'One of the coins is worth less than its fee.' + NOTHING_CHARGED,
        2155: 'The coins do not cover the price once the exchange’s fees are taken off.' + NOTHING_CHARGED,
        2156: 'The coins do not cover the price.' + NOTHING_CHARGED,
        2157: 'A coin did not carry a valid signature and was refused.' + NOTHING_CHARGED,
        2160: 'This purchase is already paid, or being paid, with other coins. Reload the page to see it.' + NOTHING_CHARGED,
        2161: 'This offer has run out.' + NOTHING_CHARGED + ' Please reload the page for a new one.',
        2165: 'A coin in your wallet has expired.' + NOTHING_CHARGED,
        2186: 'The shop’s account cannot take money at the moment. It has been told.' + NOTHING_CHARGED
    };

    var UNSURE = ' Your wallet keeps the payment. Please try again in a little while: you will not pay twice.';

    function parse(text) {
        try {
            var value = JSON.parse(text);
            return value && typeof value === 'object' ? value : {};
        } catch (ignored) {
            return {};
        }
    }

    // Why a wallet did not even try: its own words, shown as text.
    function refusalText(reason, words) {
        if (reason === 'cancelled') {
            return 'The wallet was closed before it paid. Nothing was charged.';
        }
        return 'Your wallet did not pay' + (words ? ': ' + String(words).slice(0, 500).replace(/[.\s]*$/, '.') : '.') + ' Nothing was charged.';
    }

    // What an answer to a payment means; null where it does not tell whether the payment has arrived.
    function failureText(status, responseText) {
        var answer = parse(responseText);
        if (BY_CODE[answer.code]) {
            return BY_CODE[answer.code];
        }
        if (!answer.code || status >= 500 || status === 408 || status === 425 || status === 429) {
            return null;
        }
        return 'The payment was refused' + (answer.hint ? ': ' + answer.hint : '') + ' (' + status + ', code ' + answer.code + ').'
            + NOTHING_CHARGED;
    }

    function unknownText(status) {
        if (!status) {
            return 'The shop could not be reached. Please check your connection.' + UNSURE;
        }
        if (status === 502 || status === 504) {
            return 'It is not known yet whether the payment has arrived: the payment service did not answer us.' + UNSURE;
        }
        return (status >= 500 ? 'Something went wrong on our side (' : 'The shop has not taken the payment (') + status + ').' + UNSURE;
    }

    function contractFailureText(status, responseText) {
        var answer = parse(responseText);
        if (status === 0) {
            return 'The shop could not be reached. Please check your connection and try again. Nothing was charged.';
        }
        if (status === 400 && answer.hint) {
            return answer.hint;
        }
        if (status === 409 && answer.code === 2160) {
            return 'A payment for this purchase is still under way. Reload the page in a moment to see what came of it.';
        }
        if (status === 502 || status === 503 || status === 504) {
            return 'The shop’s payment service does not answer at the moment. Please try again in a little while. Nothing was charged.';
        }
        return 'The shop could not make an offer (' + status + (answer.hint ? ', ' + answer.hint : '') + '). Nothing was charged.';
    }

    function say(text, kind) {
        var places = document.querySelectorAll('[data-taler-status]');
        Array.prototype.forEach.call(places, function (place) {
            place.className = 'status' + (kind ? ' ' + kind : '');
            place.textContent = text;
        });
    }

    // ---- from the button to the wallet ---------------------------------------------------------------------------

    // The contract's address, with the chosen amount where the buyer chooses; null after a complaint.
    function contractURL(form) {
        var url = form.getAttribute('data-contract-url');
        var currency = form.getAttribute('data-currency');
        if (!currency) {
            return url;
        }
        var chosen = form.querySelector('input[name="choice"]:checked');
        var own = form.querySelector('input[name="own"]');
        var value = chosen && chosen.value;
        if (!value || value === 'own') {
            value = own.value.replace(/\s/g, '').replace(',', '.');
            if (!/^\d{1,9}(\.\d{1,8})?$/.test(value)) {
                own.setAttribute('aria-invalid', 'true');
                own.focus();
                say('Please write the amount in digits, for example 1.50', 'bad');
                return null;
            }
            own.removeAttribute('aria-invalid');
            value = currency + ':' + value;
        }
        return url + (url.indexOf('?') < 0 ? '?' : '&') + 'amount=' + encodeURIComponent(value);
    }

    function setBusy(button, busy) {
        button.setAttribute('aria-disabled', busy ? 'true' : 'false');
    }

    function pay(form) {
        var button = form.querySelector('[data-taler-pay]');
        if (button.getAttribute('aria-disabled') === 'true') {
            return;
        }
        var url = contractURL(form);
        if (url === null) {
            return;
        }
        setBusy(button, true);
        say('Asking the shop for its offer …');
        var request = new XMLHttpRequest();
        request.open('GET', url, true);
        request.timeout = 60000;
        request.onload = function () {
            setBusy(button, false);
            if (request.status === 200) {
                say('Your wallet has the offer. It will ask for your consent.');
                dispatch('taler-contract', request.responseText);
                return;
            }
            var answer = parse(request.responseText);
            if (request.status === 409 && typeof answer.fulfillment_url === 'string') {
                say('You have paid for this already. Taking you to it …', 'good');
                goTo(answer.fulfillment_url);
                return;
            }
            say(contractFailureText(request.status, request.responseText), 'bad');
        };
        request.onerror = request.ontimeout = function () {
            setBusy(button, false);
            say(contractFailureText(0, ''), 'bad');
        };
        request.send(null);
    }

    Array.prototype.forEach.call(document.querySelectorAll('form[data-contract-url]'), function (form) {
        form.addEventListener('submit', function (event) {
            event.preventDefault();
            pay(form);
        });
        var own = form.querySelector('input[name="own"]');
        var other = form.querySelector('input[value="own"]');
        if (own && other) {
            own.addEventListener('input', function () { other.checked = true; });
            other.addEventListener('change', function () { own.focus(); });
        }
    });

    // ---- the wallet's answer -------------------------------------------------------------------------------------

    function goTo(address) {
        var link = document.createElement('a');
        link.href = address;
        if (link.origin === window.location.origin) {
            window.location.assign(link.href);
        }
    }

    document.addEventListener('taler-payment-result', function (event) {
        var detail = event.detail || {};
        if (detail.success) {
            say('Paid. Taking you to your purchase …', 'good');
            if (typeof detail.fulfillmentUrl === 'string') {
                goTo(detail.fulfillmentUrl);
            }
            return;
        }
        if (!detail.status && detail.reason && detail.reason !== 'network') {
            say(refusalText(detail.reason, detail.responseText), 'bad');
            return;
        }
        var failure = failureText(detail.status, detail.responseText);
        if (failure === null) {
            say(unknownText(detail.status));
        } else {
            say(failure, 'bad');
        }
    });

    // ---- start ---------------------------------------------------------------------------------------------------

    window.addEventListener('load', function () {
        dispatch('taler-probe');
        var execution = document.querySelector('[data-taler-execute]');
        if (execution) {
            dispatch('taler-execute-payment', {
                H_contract: execution.getAttribute('data-h-contract'),
                pay_url: execution.getAttribute('data-pay-url')
            });
        }
    });

    // A page that comes back from the browser's cache starts afresh.
    window.addEventListener('pageshow', function (event) {
        if (event.persisted) {
            say('');
            Array.prototype.forEach.call(document.querySelectorAll('[data-taler-pay]'), function (button) {
                setBusy(button, false);
            });
            dispatch('taler-probe');
        }
    });
}());
