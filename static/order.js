// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What an order's page does by itself: it waits for the payment, by whatever way that comes, counts down quietly, and prints.
(function () {
    'use strict';

    // ---- the order's state ---------------------------------------------------------------------------------------

    var FIRST_PAUSE = 1000;
    var LONGEST_PAUSE = 30000;
    // A wallet in this page brings its buyer to the purchase by itself; only if it does not, the page goes there.
    var WALLETS_TURN = 10000;

    var place = document.querySelector('[data-state-url]');
    var known = place && place.getAttribute('data-order-state');
    var pause = FIRST_PAUSE;
    var request = null;
    var timer = null;
    var walletHasOffer = false;
    var isLeaving = false;

    function announce(text) {
        var status = document.querySelector('[data-order-status]');
        if (status) {
            status.className = 'status' + (text ? ' good' : '');
            status.textContent = text || '';
        }
    }

    // Only to pages of this shop.
    function moveTo(address) {
        var link = document.createElement('a');
        link.href = address;
        if (link.origin === window.location.origin) {
            window.location.assign(link.href);
        }
    }

    function stop() {
        window.clearTimeout(timer);
        timer = null;
        if (request) {
            request.onload = request.onerror = request.ontimeout = null;
            request.abort();
            request = null;
        }
    }

    function later(delay) {
        window.clearTimeout(timer);
        timer = isLeaving || document.hidden ? null : window.setTimeout(ask, delay);
    }

    function pauseAndAsk() {
        later(pause);
        pause = Math.min(pause * 1.6, LONGEST_PAUSE);
    }

    function leave(go, text) {
        isLeaving = true;
        announce(place.getAttribute(text));
        window.setTimeout(go, 800);
    }

    function isPayable(state) {
        return state === 'open' || state === 'paying';
    }

    function hear(answer) {
        if (answer.state === known || isLeaving) {
            return pauseAndAsk();
        }
        if (isPayable(answer.state) && isPayable(known)) {
            // The page shows both alike as long as nobody loads it anew: a wallet in it may be paying just now.
            known = answer.state;
            announce(known === 'paying' ? place.getAttribute('data-paying-text') : '');
            pause = FIRST_PAUSE;
            return pauseAndAsk();
        }
        if (typeof answer.location !== 'string') {
            return leave(function () { window.location.reload(); }, 'data-changed-text');
        }
        var go = function () { moveTo(answer.location); };
        if (!walletHasOffer) {
            return leave(go, 'data-paid-text');
        }
        announce(place.getAttribute('data-paid-text'));
        isLeaving = true;
        window.setTimeout(go, WALLETS_TURN);
    }

    // Asks for the state: at once when the page was away, else the shop answers when there is a change, or after a while.
    function ask(isAtOnce) {
        stop();
        var url = place.getAttribute('data-state-url') + '&known=' + encodeURIComponent(known) + '&timeout_ms=' + (isAtOnce === true ? 0 : 20000);
        request = new XMLHttpRequest();
        request.open('GET', url, true);
        request.timeout = 60000;
        request.onload = function () {
            var answer = null;
            if (request.status === 200) {
                try { answer = JSON.parse(request.responseText); } catch (ignored) { answer = null; }
            }
            request = null;
            if (answer && typeof answer.state === 'string') {
                hear(answer);
            } else {
                pauseAndAsk();
            }
        };
        request.onerror = request.ontimeout = function () {
            request = null;
            pauseAndAsk();
        };
        request.send(null);
    }

    if (place) {
        document.addEventListener('taler-contract', function () { walletHasOffer = true; });
        document.addEventListener('taler-payment-result', function (event) {
            walletHasOffer = false;
            pause = FIRST_PAUSE;
            if (event.detail && event.detail.success && !isLeaving) {
                ask(true);
            }
        });
        document.addEventListener('visibilitychange', function () {
            if (document.hidden) {
                stop();
            } else if (!isLeaving) {
                pause = FIRST_PAUSE;
                ask(true);
            }
        });
        window.addEventListener('pagehide', stop);
        // From the browser's cache the page comes as it was left: what has come of the order since is asked at once.
        window.addEventListener('pageshow', function (event) {
            if (event.persisted) {
                isLeaving = false;
                walletHasOffer = false;
                announce('');
                ask(true);
            }
        });
        later(FIRST_PAUSE);
    }

    // ---- times ---------------------------------------------------------------------------------------------------

    // In the reader's own time, a deadline with what is left. Nothing is announced: whoever wants to know looks.
    function localTime(time) {
        // As the shop writes dates: the day before the month.
        var language = document.documentElement.lang;
        return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
            day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short'
        }).format(time);
    }

    // “60 minutes”, “5 hours”; nothing when that is no help.
    function timeLeft(minutes) {
        if (minutes <= 0 || minutes >= 24 * 60) {
            return '';
        }
        var unit = minutes < 90 ? 'minute' : 'hour';
        return new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit: unit, unitDisplay: 'long' })
            .format(unit === 'minute' ? minutes : Math.round(minutes / 60));
    }

    function show(place) {
        var time = Date.parse(place.getAttribute('datetime'));
        var words = place.getAttribute('data-left');
        var minutes = Math.ceil((time - Date.now()) / 60000);
        var text;
        try {
            var left = words ? timeLeft(minutes) : '';
            text = localTime(time) + (left ? ' (' + words.replace('%', left) + ')' : '');
        } catch (ignored) {
            // An old browser, or no time: the text stays in UTC.
            return;
        }
        place.textContent = text;
        if (words && minutes > 0) {
            window.setTimeout(show, 20000, place);
        }
    }

    Array.prototype.forEach.call(document.querySelectorAll('time[data-local]'), show);

    // ---- printing ------------------------------------------------------------------------------------------------

    Array.prototype.forEach.call(document.querySelectorAll('[data-print]'), function (button) {
        button.hidden = false;
        button.addEventListener('click', function () { window.print(); });
    });
}());
