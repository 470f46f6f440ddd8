/* Which rows hold something that is not saved: their word, their button, the count at the foot, and a question
   before the page is left. */
import { rowsOf } from "./rows.js";

const isTyped = (control) => {
  if (control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (control.type === "hidden") return false;
  if (control.options) {
    const before = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(before, 0);
  }
  return control.value !== control.defaultValue;
};
const isUnsaved = (row) =>
  row.dataset.unsaved !== undefined || [...row.querySelectorAll("input, select")].some(isTyped);

const say = (form, row) => {
  const word = row.querySelector("[data-state]");
  word.dataset.before ??= word.innerHTML;
  if (row.dataset.unsaved !== undefined) return;
  if (row.classList.contains("is-unsaved")) {
    const mark = document.createElement("span");
    mark.className = "wait-word";
    mark.textContent = row.classList.contains("is-new") ? form.dataset.unsavedNew : form.dataset.unsaved;
    word.replaceChildren(mark);
  } else word.innerHTML = word.dataset.before;
};

let unsaved = 0;
export const count = (form) => {
  unsaved = 0;
  for (const row of rowsOf(form)) {
    const now = isUnsaved(row);
    unsaved += now;
    if (now === row.classList.contains("is-unsaved")) continue;
    row.classList.toggle("is-unsaved", now);
    say(form, row);
  }
  const words = form.querySelector("[data-count]");
  words.hidden = unsaved === 0;
  const text = unsaved === 1 ? form.dataset.one : form.dataset.many.replace("{count}", unsaved);
  if (unsaved && words.textContent !== text) words.textContent = text;
};

export const watch = (form) => {
  let isSent = false;
  form.addEventListener("submit", () => (isSent = true));
  addEventListener("pageshow", () => (isSent = false));
  addEventListener("beforeunload", (event) => {
    if (unsaved && !isSent) event.preventDefault();
  });
};
