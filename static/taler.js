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

    var TEXTS = window.talerTexts || {};

    // One of the script's texts in the page's language, with values in its {places}; several are joined to one message.
    function text(key, values) {
        return String(TEXTS[key] || key).replace(/\{(\w+)\}/g, function (place, name) {
            return values && values[name] !== undefined ? String(values[name]) : place;
        });
    }

    function sentences() {
        return Array.prototype.map.call(arguments, function (key) { return text(key); }).join(' ');
    }

    // Taler error codes that have words of their own, and what else to say.
    var BY_CODE = {
        1003: [], 1012: ['otherCoins'], 1015: [], 1206: ['otherCoins'], 2005: ['reload'], 2025: [], 2151: [], 2152: [], 2154: [], 2155: [],
        2156: [], 2157: [], 2160: [], 2161: ['newOffer'], 2165: [], 2186: []
    };

    function parse(json) {
        try {
            var value = JSON.parse(json);
            return value && typeof value === 'object' ? value : {};
        } catch (ignored) {
            return {};
        }
    }

    // Why a wallet did not even try: its own words, shown as text.
    function refusalText(reason, words) {
        if (reason === 'unknown') {
            return sentences('unknownPurchase', 'nothingChargedYet');
        }
        if (reason === 'cancelled') {
            return sentences('cancelled', 'nothingChargedYet');
        }
        var why = words ? text('walletRefusedBecause', { reason: String(words).slice(0, 500).replace(/[.\s]*$/, '.') }) : text('walletRefused');
        return why + ' ' + text('nothingChargedYet');
    }

    // What an answer to a payment means; null where it does not tell whether the payment has arrived.
    function failureText(status, responseText) {
        var answer = parse(responseText);
        if (BY_CODE[answer.code]) {
            return sentences.apply(null, ['code' + answer.code, 'nothingCharged'].concat(BY_CODE[answer.code]));
        }
        if (!answer.code || status >= 500 || status === 408 || status === 425 || status === 429) {
            return null;
        }
        var values = { status: status, code: answer.code, reason: answer.hint };
        return text(answer.hint ? 'refusedBecause' : 'refused', values) + ' ' + text('nothingCharged');
    }

    function unknownText(status) {
        var what = 'notTaken';
        if (!status) {
            what = 'unreachable';
        } else if (status === 502 || status === 504) {
            what = 'unknown';
        } else if (status >= 500) {
            what = 'ours';
        }
        return text(what, { status: status }) + ' ' + text('keepsPayment');
    }

    function contractFailureText(status, responseText) {
        var answer = parse(responseText);
        if (status === 0) {
            return sentences('offerUnreachable', 'nothingChargedYet');
        }
        if ((status === 400 || status === 410 || status === 429) && answer.hint) {
            return answer.hint;
        }
        if (status === 409 && answer.code === 2160) {
            return text('offerUnderWay');
        }
        if (status === 502 || status === 503 || status === 504) {
            return sentences('offerService', 'nothingChargedYet');
        }
        if (answer.code === 2161) {
            return sentences('code2161', 'nothingChargedYet', 'reload');
        }
        var values = { status: status, reason: answer.hint };
        return text(answer.hint ? 'offerFailedBecause' : 'offerFailed', values) + ' ' + text('nothingChargedYet');
    }

    function say(message, kind) {
        var places = document.querySelectorAll('[data-taler-status]');
        Array.prototype.forEach.call(places, function (place) {
            place.className = 'status' + (kind ? ' ' + kind : '');
            place.textContent = message;
        });
    }

    // ---- from the button to the wallet ---------------------------------------------------------------------------

    // What is wrong with an amount stands where the shop's own page says it, and the field is marked alike. No message takes both away.
    function complain(form, message) {
        var own = form.querySelector('input[name="own"]');
        var problem = form.querySelector('#own-problem');
        if (!message) {
            if (problem) { problem.parentNode.removeChild(problem); }
            own.removeAttribute('aria-invalid');
            own.setAttribute('aria-describedby', 'limits');
            return;
        }
        if (!problem) {
            problem = document.createElement('p');
            problem.className = 'problem';
            problem.id = 'own-problem';
            problem.setAttribute('role', 'alert');
            var legend = form.querySelector('.chooser legend');
            legend.parentNode.insertBefore(problem, legend.nextSibling);
        }
        problem.textContent = message;
        own.setAttribute('aria-invalid', 'true');
        own.setAttribute('aria-describedby', 'limits own-problem');
        say('');
        own.focus();
    }

    // The contract's address, with the chosen amount where the buyer chooses; null after a complaint.
    function contractURL(form) {
        var url = form.getAttribute('data-contract-url');
        var currency = form.getAttribute('data-currency');
        if (!currency) {
            return url;
        }
        complain(form, '');
        var chosen = form.querySelector('input[name="choice"]:checked');
        var own = form.querySelector('input[name="own"]');
        var value = chosen && chosen.value;
        if (!value || value === 'own') {
            value = own.value.replace(/\s/g, '').replace(',', '.');
            if (!/^\d{1,9}(\.\d{1,8})?$/.test(value)) {
                complain(form, text('digits'));
                return null;
            }
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
        say(text('asking'));
        var request = new XMLHttpRequest();
        request.open('GET', url, true);
        request.timeout = 60000;
        request.onload = function () {
            setBusy(button, false);
            if (request.status === 200) {
                say(text('hasOffer'));
                dispatch('taler-contract', request.responseText);
                return;
            }
            var answer = parse(request.responseText);
            if (request.status === 409 && typeof answer.fulfillment_url === 'string') {
                say(text('paidAlready'), 'good');
                goTo(answer.fulfillment_url);
                return;
            }
            if (request.status === 400 && answer.hint && form.getAttribute('data-currency')) {
                complain(form, answer.hint);
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
        var button = form.querySelector('[data-taler-pay]');
        if (button && button.type === 'button') {
            // The form itself leads elsewhere, into the cart.
            button.addEventListener('click', function () { pay(form); });
        } else {
            form.addEventListener('submit', function (event) {
                event.preventDefault();
                pay(form);
            });
        }
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
            say(text('paid'), 'good');
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

    // Asks the wallet for the payment of a contract that it knows: the same coins, once more.
    function execute() {
        var execution = document.querySelector('[data-taler-execute]');
        if (execution) {
            dispatch('taler-execute-payment', {
                H_contract: execution.getAttribute('data-h-contract'),
                pay_url: execution.getAttribute('data-pay-url')
            });
        }
    }

    // Tells the wallet where it fetches what was given back of a contract.
    function tellRefunds() {
        Array.prototype.forEach.call(document.querySelectorAll('[data-taler-refund]'), function (refund) {
            dispatch('taler-refund', {
                H_contract: refund.getAttribute('data-h-contract'),
                refund_url: refund.getAttribute('data-refund-url')
            });
        });
    }

    Array.prototype.forEach.call(document.querySelectorAll('[data-taler-again]'), function (button) {
        button.addEventListener('click', function () {
            say('');
            execute();
        });
    });

    window.addEventListener('load', function () {
        dispatch('taler-probe');
        execute();
        tellRefunds();
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
