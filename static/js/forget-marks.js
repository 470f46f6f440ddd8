/* Whoever signs out leaves no marks on this phone; it says before what would be lost. Without network nobody is
   signed out, and nothing is forgotten. */
import { count, forgetAll, forgetOthers } from "./marks-store.js";

const owner = document.querySelector("[data-marks-of]");
if (owner) forgetOthers(owner.dataset.marksOf);

const form = document.querySelector("[data-forgets-marks]");
if (form && count()) {
  const say = (text) => {
    const place = document.querySelector("[data-marks-lost]");
    place.textContent = text.replace("{count}", count());
    place.hidden = false;
  };
  say(form.dataset.lost);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(answer.status);
      forgetAll();
      location.assign(answer.url);
    } catch {
      say(form.dataset.noNetwork);
    }
  });
}
