/* The table of the agenda: counts what is not saved, pastes what a spreadsheet copied, moves by arrows. Without this
   file it is a form with buttons. */
import { addRow, rowsOf } from "./rows.js";
import { paste } from "./paste.js";
import { move } from "./keys.js";
import { count, watch } from "./unsaved.js";

const form = document.querySelector("[data-table]");

if (form) {
  form.querySelectorAll("[data-scripted]").forEach((words) => (words.hidden = false));
  form.querySelector(".type").classList.add("is-counted");
  watch(form);
  count(form);

  form.addEventListener("input", () => count(form));
  form.addEventListener("change", () => count(form));
  form.addEventListener("keydown", (event) => move(form, event));
  form.addEventListener("paste", (event) => {
    if (!paste(form, event)) return;
    event.preventDefault();
    count(form);
  });
  form.querySelector("[data-more]").addEventListener("click", (event) => {
    event.preventDefault();
    const first = rowsOf(form).length;
    for (let n = Number(event.currentTarget.dataset.more); n > 0; n -= 1) addRow(form);
    rowsOf(form)[first].querySelector("[data-cell]").focus();
  });
}
document.querySelector(".errornote[role=alert]")?.focus();
