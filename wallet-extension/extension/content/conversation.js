// SPDX-FileCopyrightText: The Taler merchant authors
// SPDX-License-Identifier: AGPL-3.0-or-later

/**
 * The one conversation that a page has with the wallet: an offer or a stored payment, what the wallet's window says of it, the POST, and
 * how it ended. Nothing of it can be heard or answered by the page's scripts: messages come from the extension's own contexts only.
 */

var talerWallet = talerWallet ?? {};

talerWallet.Conversation = (() => {
  class Conversation {
    #tell;
    #report;
    #go;
    /** {id, follow, isPosting, isReported, failure} of the session that the wallet's window is open for. */
    #current = null;
    /** How often in a row the person has closed the wallet unasked for. */
    #refusals = 0;
    /** Whether the person has done something in the page since it last asked. */
    #isTouched = false;

    /**
     * `tell(message)` asks the background and gives its answer, null when there is none; `report(detail)` sends taler-payment-result;
     * `go(address)` takes the tab there.
     */
    constructor({ tell, report, go }) {
      this.#tell = tell;
      this.#report = report;
      this.#go = go;
    }

    /** `message`: {taler: "offer", text} or {taler: "execute", contract, payURL}. A person who has said no twice is asked again only after a click or a key. */
    async begin(message) {
      if (this.#refusals >= 2) {
        this.#report(failed("cancelled"));
        return;
      }
      const touched = this.#isTouched || globalThis.navigator?.userActivation?.isActive === true;
      this.#isTouched = false;
      const answer = await this.#tell({ ...message, touched });
      if (typeof answer?.session === "string") {
        if (answer.session !== this.#current?.id) {
          this.#current = { id: answer.session, follow: message.taler === "offer", isPosting: false, isReported: false, failure: null };
        }
      } else if (answer !== null) {
        this.#report(failed(answer.reason, answer.message));
      }
    }

    /** The person did something in the page: what it asks for now may be wanted. */
    touched() {
      this.#refusals = 0;
      this.#isTouched = true;
    }

    get isTouched() {
      return this.#isTouched;
    }

    /**
     * The wallet wants a stored permission posted from here: {session, origin, purchase, attempt, payURL, permission}. The background
     * records the outcome before anybody acts on it. Gives {status, url, body, state, code, handled}: the shop's answer, what it was recorded as, and
     * whether this page goes on by itself; null when this page is of another origin by now.
     */
    async pay({ session, origin, purchase, attempt, payURL, permission }) {
      if (origin !== location.origin) return null;
      const mine = session !== null && session === this.#current?.id ? this.#current : null;
      if (mine !== null) Object.assign(mine, { isPosting: true, isReported: false, failure: null });
      const outcome = await talerWallet.post.postPermission(payURL, permission, (address) => this.#tell({ taler: "elsewhere", address }));
      const word = await this.#tell({ taler: "outcome", session, purchase, attempt, ...outcome });
      const { state = null, code = null } = word ?? {};
      const answer = { ...outcome, state, code, handled: mine !== null };
      if (mine === null) return answer;
      mine.isPosting = false;
      // What is paid by what the wallet knows otherwise is not what this shop has just shown.
      if (state === "paid" && outcome.status >= 200 && outcome.status < 300) {
        this.#paid(mine, outcome);
      } else {
        mine.failure = failed(outcome.status === 0 ? "network" : "shop", outcome.body, outcome.status);
        // The window says what it makes of it: it may go on to another offer. Without a window nobody would.
        if (word?.attended !== true) this.#end(mine, mine.failure);
      }
      return answer;
    }

    /** {session, paid, status, url, body}: the window has shown and stored how it went. */
    recorded({ session, paid, status, url, body }) {
      const mine = this.#mine(session);
      if (mine === null) return;
      if (paid === true) this.#paid(mine, { status, url });
      else this.#say(mine, failed(status === 0 ? "network" : "shop", body, status));
    }

    /** {session, reason, message}: nothing will be paid. */
    declined({ session, reason, message }) {
      const mine = this.#mine(session);
      if (mine === null) return;
      if (reason === "cancelled") this.#refusals += 1;
      this.#say(mine, failed(reason, message));
    }

    /** The page goes away: so does an offer that nobody has accepted. */
    left() {
      if (this.#current === null || this.#current.isPosting) return;
      this.#tell({ taler: "left", session: this.#current.id });
      this.#current = null;
    }

    /** {session}: the wallet's window was closed. */
    closed({ session }) {
      const mine = this.#mine(session);
      if (mine === null || mine.isPosting) return;
      if (!mine.isReported && mine.failure === null) this.#refusals += 1;
      this.#end(mine, mine.failure ?? failed("cancelled"));
    }

    #mine(session) {
      return session === this.#current?.id ? this.#current : null;
    }

    #paid(mine, { status, url }) {
      if (this.#current === mine) this.#current = null;
      if (!mine.follow) this.#report({ success: true, status, ...(isWeb(url) ? { fulfillmentUrl: url } : {}) });
      else if (isWeb(url)) this.#go(url);
      else this.#report({ success: true, status });
    }

    #end(mine, result) {
      this.#say(mine, result);
      if (this.#current === mine) this.#current = null;
    }

    /** The first word after an offer or a try is the one that counts. */
    #say(mine, result) {
      if (mine.isReported) return;
      mine.isReported = true;
      this.#report(result);
    }
  }

  function failed(reason, text = "", status = 0) {
    return { success: false, status, reason, responseText: typeof text === "string" ? text : "" };
  }

  function isWeb(address) {
    return typeof address === "string" && /^https?:/.test(address);
  }

  return Conversation;
})();
