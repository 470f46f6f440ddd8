/* The rows and cells of the table, and rows that a script adds. */
export const rowsOf = (form) => [...form.querySelectorAll("[data-row]")];
export const cellsOf = (row) => [...row.querySelectorAll("[data-cell]")];
export const cellOf = (row, name) => row?.querySelector(`[data-cell="${name}"]`);

const newToken = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/* An empty row after the last, numbered as the server numbers them. */
export const addRow = (form) => {
  const total = form.elements["row-TOTAL_FORMS"];
  const row = document.querySelector("#new-row").content.querySelector("tr").cloneNode(true);
  const number = total.value;
  total.value = Number(number) + 1;
  for (const node of [row, ...row.querySelectorAll("*")])
    for (const attribute of [...node.attributes]) attribute.value = attribute.value.replaceAll("__prefix__", number);
  row.querySelectorAll(".vh").forEach((words) => {
    words.textContent = words.textContent.replaceAll("__prefix__", number);
  });
  row.querySelector("[data-token]").value = newToken();
  form.querySelector("#new").append(row);
  return row;
};
