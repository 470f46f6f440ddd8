/* Where a card stands: minutes from the midnight of the board's day, as classes, never as a style attribute. */
export const STEP = 5;
export const bd = document.getElementById("bd");
export const words = JSON.parse(document.getElementById("board-words").textContent);
export const say = (name, facts = {}) => words[name].replace(/\{(\w+)\}/g, (_all, key) => facts[key]);

const MINUTE = 60000;
const moment = (local) => Date.parse(`${local}Z`);
const midnight = moment(`${bd.dataset.day}T00:00`);
export const minutesOf = (local) => (moment(local) - midnight) / MINUTE;
export const localOf = (minutes, day = bd.dataset.day) =>
  new Date(moment(`${day}T00:00`) + minutes * MINUTE).toISOString().slice(0, 16);

const two = (number) => String(number).padStart(2, "0");
export const clock = (minutes) => `${two(Math.floor(minutes / 60) % 24)}${words.separator}${two(minutes % 60)}`;
export const snap = (minutes) => Math.round(minutes / STEP) * STEP;

export const day = () => document.querySelector(".tt");
export const axis = () => [Number(day().dataset.first) * 60, Number(day().dataset.last) * 60];
export const columns = () => [...document.querySelectorAll(".tt-head [data-column]")];

export const cardOf = (item) => document.querySelector(`.tt-cards > [data-item="${item}"]:not(.is-ghost)`);
export const rowOf = (item) => cardOf(item) || document.querySelector(`.tray > [data-item="${item}"]`);
export const cards = () => [...document.querySelectorAll(".tt-cards > [data-item]:not(.is-ghost)")];
export const titleOf = (row) => row.querySelector("h3 a, b").textContent.trim();
export const linkOf = (row) => row.querySelector("h3 a, a");
export const isPlaced = (row) => Boolean(row.dataset.start);
export const timesOf = (row) => [minutesOf(row.dataset.start), minutesOf(row.dataset.end)];
export const groupsOf = (row) => row.dataset.groups.split(" ").filter(Boolean).map(Number);
export const minutesLong = (row) => {
  if (!isPlaced(row)) return Number(row.dataset.minutes);
  const [start, end] = timesOf(row);
  return end - start;
};

const SHORTEST = 15;
const LATEST = 36 * 60;
const rowsOf = (minutes, hour, five) => [
  `${hour}${Math.floor(minutes / 60)}`,
  `${five}${two(Math.floor((minutes % 60) / STEP) * STEP)}`,
];
const dropped = (element, letters) =>
  element.classList.remove(...[...element.classList].filter((name) => new RegExp(`^[${letters}]\\d+$`).test(name)));

export const standAt = (element, minutes) => {
  dropped(element, "hm");
  element.classList.add(...rowsOf(minutes, "h", "m"));
};

/* Show a card from `start` to `end`; what is saved of it stays in its data. */
export const standFor = (card, start, end) => {
  standAt(card, start);
  dropped(card, "ef");
  card.classList.add(...rowsOf(Math.min(Math.max(end, start + SHORTEST), LATEST), "e", "f"));
  card.querySelector("time").textContent = `${clock(start)}–${clock(end)}`;
};

/* Show a card in that column, over its whole width. */
export const standIn = (card, column) => {
  dropped(card, "c");
  card.classList.add(`c${column}`);
};
export const alone = (card) => {
  card.classList.remove(...[...card.classList].filter((name) => /^(l|of)\d+$/.test(name)));
  card.classList.add("l1", "of1");
};

/* Whether somebody may be expected at both: no group means everybody. */
export const sharePeople = (one, other) => !one.length || !other.length || one.some((group) => other.includes(group));
