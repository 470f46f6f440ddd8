/* A press on an empty slot opens the small form in its place, with the time that was pressed. */
import { ask } from "./changes.js";
import { axis, cards, clock, day, groupsOf, isPlaced, say, sharePeople, standAt, timesOf } from "./places.js";
import { on } from "./saving.js";

const ROUND = 15;
const USUAL = 30;
const blank = document.getElementById("add-blank")?.content;
const two = (number) => String(number).padStart(2, "0");
const input = (minutes) => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;

const close = () => document.querySelector(".slot-place")?.remove();

/* Where the people are when it begins is most likely its venue. */
const venueBefore = (start, groups) =>
  cards()
    .filter(
      (card) =>
        isPlaced(card) && card.dataset.place && timesOf(card)[0] <= start && sharePeople(groups, groupsOf(card)),
    )
    .at(-1)?.dataset.place ?? "";

const open = (slot, start) => {
  close();
  const groups = (slot.dataset.groups ?? "").split(",").filter(Boolean);
  const end = Math.min(start + USUAL, Number(slot.dataset.ends));
  const place = Object.assign(document.createElement("li"), { className: "slot-place h0 m00" });
  place.append(blank.cloneNode(true));
  standAt(place, start);
  const form = place.querySelector("form");
  form.elements.start.value = input(start);
  form.elements.end.value = input(end);
  form.elements.venue.value = venueBefore(start, groups.map(Number));
  form.querySelector("h3").textContent = say(groups.length ? "new_for" : "new_for_all", {
    time: clock(start),
    names: slot.dataset.names,
  });
  for (const group of groups) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "group", value: group }));
  }
  form.querySelector("[data-leave]").addEventListener("click", (event) => {
    event.preventDefault();
    close();
    slot.focus();
  });
  document.querySelector(".tt-cards").append(place);
  place.scrollIntoView({ block: "nearest" });
  form.elements.title.focus();
};

document.addEventListener("click", (event) => {
  const slot = event.target.closest(".slot-free a");
  if (!slot || !blank || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const first = Number(slot.dataset.begins);
  const box = day().getBoundingClientRect();
  const [from, to] = axis();
  const pressed = event.detail ? from + ((event.clientY - box.top) / box.height) * (to - from) : first;
  open(slot, Math.max(first, Math.floor(pressed / ROUND) * ROUND));
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest(".slot-form");
  if (!form || event.submitter?.name === "more") return;
  event.preventDefault();
  ask([], { do: "add" }, form);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest(".slot-form")) close();
});
on("saved", ({ change }) => {
  if (change.form?.matches(".slot-form")) close();
});
on("refused", ({ change, text }) => {
  if (!change.form?.matches(".slot-form")) return;
  change.form.querySelector("[data-wrong]").textContent = text;
  change.form.elements.title.focus();
});
