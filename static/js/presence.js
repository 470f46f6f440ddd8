/* Who else edits this: says that this page is open while it is looked at, and shows what the answer says. */
import { readPage } from "./portal.js";

const EVERY = 20 * 1000;
const GONE = 60 * 1000;
const form = document.querySelector("[data-presence]");
const place = document.querySelector(".presence");
let heard = Date.now();

const show = (present) => {
  if (present.innerHTML !== place.firstElementChild.innerHTML) place.replaceChildren(present);
};

const say = async () => {
  if (document.hidden) return;
  try {
    const body = new FormData(form);
    const response = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout(15000) });
    const present = response.ok && !response.redirected && (await readPage(response)).querySelector(".present");
    if (present) {
      heard = Date.now();
      show(present);
    }
  } catch {
    /* asked again in a moment */
  }
  /* What nobody confirms any more is not said any more. */
  if (Date.now() - heard > GONE) place.firstElementChild.replaceChildren();
};

say();
setInterval(say, EVERY);
document.addEventListener("visibilitychange", say);
addEventListener("pageshow", (event) => {
  if (event.persisted) say();
});
addEventListener("pagehide", () => {
  const body = new FormData(form);
  body.set("leaves", "on");
  navigator.sendBeacon(form.action, body);
});
