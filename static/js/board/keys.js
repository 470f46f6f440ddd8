/* The keyboard and the press: what has the focus is picked, arrows move it, Enter opens it. */
import { focusCard, isSeveral, pick, pickedItems, unpick } from "./bar.js";
import { cancel, moveBy, moveDays, redo, undo } from "./changes.js";
import { linkOf, rowOf } from "./places.js";

const rowOfLink = (element) => {
  const row = element?.closest?.("#bd [data-item]");
  return row && element === linkOf(row) ? row : null;
};

/* A press moves the focus as well: what it picks is for the click to say. */
let pressing = false;
document.addEventListener("pointerdown", () => (pressing = true), { capture: true });
for (const name of ["pointerup", "pointercancel"])
  document.addEventListener(name, () => (pressing = false), { capture: true });
document.addEventListener("focusin", (event) => {
  const row = rowOfLink(event.target);
  if (row && !pressing && !isSeveral()) pick(row.dataset.item);
});

/* A press picks; with Ctrl, or while several are picked, it adds. Enter on the link opens it. */
document.addEventListener("click", (event) => {
  const shown = event.target.closest("[data-show]");
  if (shown) {
    event.preventDefault();
    focusCard(shown.dataset.show);
    return;
  }
  const row = event.target.closest("#bd [data-item]");
  if (!row || event.target.closest(".card-do")) return;
  const place = event.target.closest(".go");
  if (place) {
    event.preventDefault();
    pick(row.dataset.item);
    document.querySelector("[data-pin] select")?.focus();
    return;
  }
  if (!row.matches(".card") || (event.detail === 0 && rowOfLink(event.target))) return;
  event.preventDefault();
  const toggle = event.ctrlKey || event.metaKey || event.shiftKey || isSeveral();
  pick(row.dataset.item, { toggle });
  linkOf(row).focus({ preventScroll: true });
});
document.addEventListener("dblclick", (event) => {
  const row = event.target.closest(".tt-cards > .card");
  if (row) location.assign(linkOf(row).href);
});

const UPDOWN = { ArrowUp: -5, ArrowDown: 5 };
const SIDEWAYS = { ArrowLeft: -1, ArrowRight: 1 };
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !typing) {
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
    return;
  }
  const row = rowOfLink(event.target);
  if (!row?.matches(".card") || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = pickedItems().includes(row.dataset.item) ? pickedItems() : [row.dataset.item];
  const rows = items.map(rowOf);
  if (UPDOWN[event.key]) moveBy(rows, event.shiftKey ? 0 : UPDOWN[event.key], UPDOWN[event.key]);
  else if (SIDEWAYS[event.key]) moveDays(rows, SIDEWAYS[event.key]);
  else if (event.key === "Delete") cancel(items);
  else if (event.key === " ") pick(row.dataset.item, { toggle: true });
  else if (event.key === "Escape") unpick();
  else return;
  event.preventDefault();
});
