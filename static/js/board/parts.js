/* What others change appears without a reload: a short signature is asked for every few seconds, and when it is
   another one, the parts of the page are put in place; never what is in the hand or not saved yet. */
import { renewParts } from "../portal.js";
import { bd, linkOf, rowOf } from "./places.js";
import { answered, isPending, pending } from "./saving.js";

const EVERY = 4000;
const ANSWER_WITHIN = 20000;
const asServed = new WeakMap(); /* card: its HTML as the server sent it */
const after = [];
let busy = () => false;
let asking = false;
let again = false;
let waiting = null; /* the page to put in place, and how many changes were answered when it was asked for */

export const afterRenewal = (act) => after.push(act);
export const stopsWhile = (test) => (busy = test);

const board = (within) => within.querySelector('[data-part="board"]');
const keyOf = (li) => li.id || `${li.className} ${li.querySelector("a")?.href ?? ""}`;
const remember = () => document.querySelectorAll(".tt-cards > li").forEach((li) => asServed.set(li, li.outerHTML));

const isMine = (li) =>
  li.matches(".is-ghost, .slot-place, .is-up, .tt-at") || (li.dataset.item && isPending(li.dataset.item));

const renewCards = (list, fresh) => {
  const old = new Map([...list.children].map((li) => [keyOf(li), li]));
  let place = list.firstElementChild;
  for (const li of [...fresh.children]) {
    const there = old.get(keyOf(li));
    old.delete(keyOf(li));
    if (there && (isMine(there) || asServed.get(there) === li.outerHTML)) {
      if (there === place) place = place.nextElementSibling;
      else list.insertBefore(there, place);
      continue;
    }
    const html = li.outerHTML;
    const hadFocus = there?.contains(document.activeElement);
    if (there === place) place = place?.nextElementSibling ?? null;
    there?.remove();
    list.insertBefore(li, place);
    asServed.set(li, html);
    if (hadFocus) li.querySelector("a").focus({ preventScroll: true });
    if (!there || there.dataset.version !== li.dataset.version) li.classList.add("is-new");
  }
  for (const li of old.values()) if (!isMine(li)) li.remove();
};

const renewBoard = (fresh) => {
  const part = board(document);
  const [tt, freshTt] = [part, fresh].map((within) => within.querySelector(".tt"));
  part.querySelector(".tt-wide").className = fresh.querySelector(".tt-wide").className;
  for (const query of [".tt-head", ".tt-lines"]) {
    const [element, twin] = [part, fresh].map((within) => within.querySelector(query));
    if (element.innerHTML !== twin.innerHTML) element.replaceChildren(...twin.childNodes);
  }
  tt.className = freshTt.className;
  Object.assign(tt.dataset, { first: freshTt.dataset.first, last: freshTt.dataset.last });
  renewCards(tt.querySelector(".tt-cards"), freshTt.querySelector(".tt-cards"));
};

const put = (page) => {
  bd.dataset.signature = page.querySelector("[data-signature]").dataset.signature;
  const fresh = board(page);
  fresh.remove(); /* its cards are put in place one by one */
  /* The focus goes along with an item that got its place, or lost it. */
  const focused = document.activeElement.closest("#bd [data-item]")?.dataset.item;
  if (focused && !page.querySelector(`.tray [data-item="${focused}"]`))
    document.activeElement.closest(".tray a")?.blur();
  renewBoard(document.importNode(fresh, true));
  renewParts(page);
  const row = focused && rowOf(focused);
  if (row && document.activeElement === document.body) linkOf(row).focus({ preventScroll: true });
  after.forEach((act) => act());
};

/* Ask now. With `all`, also when nothing has changed by the signature. */
export const renew = async ({ all = false } = {}) => {
  if (asking) {
    again ||= all;
    return;
  }
  asking = true;
  try {
    const known = answered();
    const since = all ? "" : bd.dataset.signature;
    const response = await fetch(`${bd.dataset.here}&since=${encodeURIComponent(since)}`, {
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    if (response.status === 200) {
      waiting = [new DOMParser().parseFromString(await response.text(), "text/html"), known];
      putWaiting();
    }
  } catch {
    /* asked again in a few seconds */
  }
  asking = false;
  if (again) {
    again = false;
    renew({ all: true });
  }
};

/* Put in place what was kept back while something was in the hand; not what a change has overtaken since. */
export const putWaiting = () => {
  if (!waiting || busy()) return;
  const [page, known] = waiting;
  waiting = null;
  if (known === answered()) put(page);
  else renew({ all: true });
};

remember();
setInterval(() => {
  if (!document.hidden && !busy() && !pending()) renew();
}, EVERY);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) renew();
});
