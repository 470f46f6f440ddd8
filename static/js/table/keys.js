/* Up and down to the same cell of the row above or below, as in a spreadsheet; Enter goes down, too. A list of
   choices keeps its own arrows. */
import { cellOf, rowsOf } from "./rows.js";

const STEPS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };

export const move = (form, event) => {
  const step = STEPS[event.key];
  const cell = event.target.closest("[data-cell]");
  const isChoice = event.target.matches("select");
  if (!step || !cell || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (isChoice && event.key !== "Enter") return;
  event.preventDefault(); /* Enter would send the form */
  const rows = rowsOf(form);
  const row = rows[rows.indexOf(event.target.closest("[data-row]")) + step];
  const next = cellOf(row, cell.dataset.cell);
  const field = next?.matches("fieldset") ? next.querySelector("input") : next;
  field?.focus();
  if (field?.type === "text") field.select();
};
