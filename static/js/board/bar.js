/* What is picked, and the bar at the foot: everything that dragging does, by buttons. */
import { cardOf, cards, clock, groupsOf, isPlaced, linkOf, rowOf, say, timesOf, titleOf, words } from "./places.js";

const pin = document.querySelector("[data-pin]");
const blank = document.getElementById("pin-blank").content;
const picked = new Set();
let several = false;

export const pickedItems = () => [...picked].filter((item) => rowOf(item));
export const isSeveral = () => several || picked.size > 1;

export const pick = (item, { toggle = false } = {}) => {
  if (toggle && picked.has(item)) picked.delete(item);
  else {
    if (!toggle) picked.clear();
    picked.add(item);
  }
  show();
};
export const unpick = () => {
  picked.clear();
  several = false;
  show();
};

const group = (row) => {
  const names = [...row.querySelectorAll(".group")].map((element) => element.textContent.trim());
  return names.length ? names.join(", ") : words.everybody;
};

/* After every change of what is picked, or of its times: the cards' frames and the bar. */
export const show = () => {
  document.querySelectorAll("#bd .is-picked").forEach((row) => row.classList.remove("is-picked"));
  const rows = pickedItems().map(rowOf);
  for (const row of rows) {
    row.classList.add("is-picked");
    cards().forEach((card) => card.classList.toggle("is-picked", picked.has(card.dataset.item)));
  }
  if (!rows.length) {
    if (pin.querySelector("form")) pin.replaceChildren(blank.querySelector(".pin-none").cloneNode(true));
    return;
  }
  if (!pin.querySelector("form")) pin.replaceChildren(blank.querySelector("form").cloneNode(true));
  fill(pin.querySelector("form"), rows);
};

const fill = (form, rows) => {
  const [row] = rows;
  const placed = rows.every(isPlaced);
  const one = rows.length === 1;
  pin.toggleAttribute("data-several", !one);
  form.querySelectorAll("[data-placed]").forEach((part) => (part.hidden = !placed));
  form
    .querySelectorAll("[data-one]")
    .forEach((part) => (part.hidden = !one || (part.matches("[data-placed]") && !placed)));
  const times = rows.filter(isPlaced).map(timesOf);
  form.querySelector(".pin-t").textContent = times.length
    ? `${clock(Math.min(...times.map(([start]) => start)))}–${clock(Math.max(...times.map(([, end]) => end)))}`
    : "";
  form.querySelector(".pin-w b").textContent = one ? titleOf(row) : say("several", { count: rows.length });
  form.querySelector(".pin-w span").textContent = one
    ? [row.querySelector(".kind")?.textContent, group(row), row.querySelector(".card-m")?.textContent]
        .map((text) => text?.replace(/\s+/g, " ").trim())
        .filter(Boolean)
        .join(" · ")
    : rows.map(titleOf).join(", ");
  form.querySelector("[name=item]").value = row.dataset.item;
  form.elements.version.value = row.dataset.version;
  form.elements.day.value = document.getElementById("bd").dataset.day;
  form.querySelector("[data-set]").textContent = placed ? words.move : words.place;
  form.querySelector("[data-open]").href = linkOf(row).href;
  form.querySelector("[data-pick-several]").setAttribute("aria-pressed", String(isSeveral()));
  const choice = form.elements.group;
  if (!choice) return;
  choice.querySelectorAll("[data-own]").forEach((option) => option.remove());
  const groups = groupsOf(row).sort((a, b) => a - b);
  if (groups.length > 1) {
    const option = new Option(group(row), groups.join(","));
    option.dataset.own = "";
    choice.append(option);
  }
  choice.value = groups.join(",");
};

pin.addEventListener("click", (event) => {
  if (!event.target.closest("[data-pick-several]")) return;
  several = !isSeveral();
  if (!several) [...picked].slice(1).forEach((item) => picked.delete(item));
  show();
});

/* The link under "To solve" and the one that places an item lead to its card. */
export const focusCard = (item) => {
  const card = cardOf(item);
  if (!card) return;
  card.scrollIntoView({ block: "center", inline: "nearest" });
  linkOf(card).focus({ preventScroll: true });
};
