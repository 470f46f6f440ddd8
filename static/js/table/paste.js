/* Cells that were copied in a spreadsheet, pasted from one cell of the table on: to the right and down, into new
   rows where there are no more. What is in no list is kept and said at its cell: the row cannot be saved so. */
import { addRow, cellsOf, rowsOf } from "./rows.js";

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();

/* Tab-separated lines as spreadsheets write them: a cell with quotes may hold tabs, quotes and new lines. */
export const read = (text) => {
  const lines = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/g;
  for (const [, quoted, plain, end] of text.replace(/(\r\n|\n|\r)$/, "").matchAll(cells)) {
    lines.at(-1).push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).replace(/\s+/g, " ").trim());
    if (end === "") break;
    if (end !== "\t") lines.push([]);
  }
  return lines;
};

const tell = (form, cell, text) => {
  const place = cell.closest("td");
  place.querySelector(".cell-bad")?.remove();
  cell.removeAttribute("aria-invalid");
  if (!text) return;
  const words = document.createElement("p");
  words.className = "cell-bad";
  words.id = `pasted-${form.querySelectorAll(".cell-bad").length}-${cell.name ?? place.className}`;
  words.textContent = form.dataset.noChoice.replace("{text}", text);
  if (cell.name) cell.setAttribute("aria-invalid", "true");
  cell.setAttribute("aria-describedby", words.id);
  place.append(words);
};

const choose = (form, select, text) => {
  const options = [...select.options];
  const found =
    options.find((option) => folded(option.text) === folded(text)) ?? (text ? null : options.find((o) => !o.value));
  if (!found) select.add(new Option(text, text)); /* kept as it was pasted; the server refuses it as well */
  select.value = found ? found.value : text;
  tell(form, select, found ? "" : text);
};

const tick = (form, group, text) => {
  const names = text
    .split(/[,;+&/]/)
    .map(folded)
    .filter(Boolean);
  const boxes = [...group.querySelectorAll("input")];
  const nameOf = (box) => folded(box.closest("label").textContent);
  const unknown = names.filter((name) => !boxes.some((box) => nameOf(box) === name));
  boxes.forEach((box) => (box.checked = names.includes(nameOf(box))));
  for (const name of unknown) {
    const label = boxes[0].closest("label").cloneNode(true);
    const box = label.querySelector("input");
    Object.assign(box, { value: name, checked: true, defaultChecked: false });
    label.replaceChildren(box, name.toLocaleUpperCase());
    group.append(label);
  }
  tell(form, group, unknown.length ? text : "");
};

const put = (form, cell, text) => {
  if (cell.matches("select")) choose(form, cell, text);
  else if (cell.matches("fieldset")) tick(form, cell, text);
  else cell.value = text;
};

/* Whether the event was several cells, and they are pasted. */
export const paste = (form, event) => {
  const first = event.target.closest("[data-cell]");
  const lines = read(event.clipboardData?.getData("text/plain") ?? "");
  if (!first || (lines.length === 1 && lines[0].length === 1)) return false;
  const row = first.closest("[data-row]");
  const column = cellsOf(row).indexOf(first);
  let place = rowsOf(form).indexOf(row);
  for (const line of lines) {
    const cells = cellsOf(rowsOf(form)[place] ?? addRow(form));
    line.forEach((text, n) => cells[column + n] && put(form, cells[column + n], text));
    place += 1;
  }
  const { pastedOne, pastedMany } = form.dataset;
  form.querySelector("[data-said]").textContent =
    lines.length === 1 ? pastedOne : pastedMany.replace("{count}", lines.length);
  return true;
};
