// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

// What cart and checkout do faster with a script; without one their buttons do the same.
(function () {
    'use strict';

    var WAIT = 600;

    function each(selector, action) {
        Array.prototype.forEach.call(document.querySelectorAll(selector), action);
    }

    // A changed quantity is sent by itself, when no other key has been pressed for a moment.
    each('form[data-send-on-change]', function (form) {
        var timer = null;

        function send() {
            if (!form.checkValidity()) {
                return;
            }
            try {
                window.sessionStorage.setItem('cart-focus', document.activeElement ? document.activeElement.id : '');
            } catch (ignored) {
                // Without a memory the focus begins at the page's top.
            }
            form.submit();
        }

        form.addEventListener('input', function () {
            clearTimeout(timer);
            timer = setTimeout(send, WAIT);
        });
        form.addEventListener('submit', function () { clearTimeout(timer); });
        try {
            var id = window.sessionStorage.getItem('cart-focus');
            window.sessionStorage.removeItem('cart-focus');
            var field = id && document.getElementById(id);
            if (field && form.contains(field)) {
                field.focus();
            }
        } catch (ignored) {
            // As above.
        }
    });

    // A form that makes an order is sent once; the shop knows it by its name if it comes twice.
    each('form[data-send-once]', function (form) {
        var sent = false;
        form.addEventListener('submit', function (event) {
            if (sent) {
                event.preventDefault();
                return;
            }
            sent = true;
            var button = form.querySelector('button[type="submit"]');
            if (button) {
                button.setAttribute('aria-disabled', 'true');
            }
        });
        window.addEventListener('pageshow', function () {
            sent = false;
            var button = form.querySelector('button[type="submit"]');
            if (button) {
                button.removeAttribute('aria-disabled');
            }
        });
    });

    // What is wrong is read first.
    each('[data-focus]', function (place) { place.focus(); });
}());
