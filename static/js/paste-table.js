// A table that is pasted from Word or a web page keeps its cells: line breaks stay inside one, and what merged cells
// say stands in each of their rows. Without this script the text is pasted as the browser has it, and read as well.

const NEEDS_QUOTES = /[\t\n"]/;

function textOf(cell) {
  for (const line of cell.querySelectorAll("br, p, div, li")) {
    line.after("\n");
  }
  const lines = cell.textContent.replaceAll("\u00a0", " ").split("\n");
  return lines
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join("\n");
}

function rowsOf(table) {
  const rows = [];
  [...table.rows].forEach((row, y) => {
    rows[y] ??= [];
    let x = 0;
    for (const cell of row.cells) {
      while (rows[y][x] !== undefined) {
        x += 1;
      }
      const text = textOf(cell);
      for (let down = 0; down < Math.min(cell.rowSpan, table.rows.length - y); down += 1) {
        rows[y + down] ??= [];
        for (let across = 0; across < Math.min(cell.colSpan, 60); across += 1) {
          rows[y + down][x + across] = across ? "" : text;
        }
      }
      x += cell.colSpan;
    }
  });
  return rows;
}

function asText(rows) {
  const width = Math.max(...rows.map((row) => row.length));
  const quoted = (text = "") => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => Array.from({ length: width }, (_, x) => quoted(row[x])).join("\t")).join("\n");
}

function paste(event) {
  const html = event.clipboardData?.getData("text/html");
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table || table.rows.length < 2) {
    return;
  }
  event.preventDefault();
  const area = event.target;
  area.setRangeText(asText(rowsOf(table)), area.selectionStart, area.selectionEnd, "end");
}

for (const area of document.querySelectorAll("[data-paste-table]")) {
  area.addEventListener("paste", paste);
}
