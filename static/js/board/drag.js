/* A card in the hand: moved, stretched at its lower edge, carried to another column, day, or back to the tray.
   A finger scrolls the page; only grip and edge take hold of a card. */
import { isSeveral, pick, pickedItems } from "./bar.js";
import { move, sayInHand, sayNothing } from "./changes.js";
import { putWaiting, stopsWhile } from "./parts.js";
import {
  alone,
  axis,
  bd,
  cardOf,
  cards,
  clock,
  columns,
  day,
  groupsOf,
  isPlaced,
  minutesLong,
  say,
  sharePeople,
  snap,
  standAt,
  standFor,
  standIn,
  timesOf,
  titleOf,
} from "./places.js";

const SLACK = 6; /* pixels before a press becomes a drag */
const EDGE = 56; /* so near the edge of the window it scrolls */
let held = null;
stopsWhile(() => Boolean(held?.moved));

const make = (name, className, text = "") =>
  Object.assign(document.createElement(name), { className, textContent: text });
const rowHeight = () => day().getBoundingClientRect().height / ((axis()[1] - axis()[0]) / 5);
const columnAt = (x) => {
  const all = columns();
  const found = all.findIndex((column) => x < column.getBoundingClientRect().right);
  return found < 0 ? all.length : found + 1;
};

document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest("#bd [data-item]");
  const handle = event.target.closest(".grip, .edge");
  if (!row || event.button || held || event.target.closest(".card-do, .go, .pick")) return;
  if (event.pointerType === "touch" && !handle) return;
  if (!row.matches(".card") && !row.closest(".tray")) return;
  held = {
    row,
    pointer: event.pointerId,
    x: event.clientX,
    y: event.clientY,
    size: Boolean(event.target.closest(".edge")),
    moved: false,
  };
});
/* Else the browser would drag the link itself, or mark text. */
document.addEventListener("mousedown", (event) => {
  if (held) event.preventDefault();
});

const begin = () => {
  held.moved = true;
  if (!isPlaced(held.row)) fromTray();
  const item = held.row.dataset.item;
  const together = isSeveral() && pickedItems().includes(item) && !held.size;
  if (!together && !held.tray) pick(item);
  held.cards = (together ? pickedItems().map(cardOf).filter(Boolean) : [held.row]).map((card) => {
    const [start, end] = held.tray ? [0, minutesLong(held.tray)] : timesOf(card);
    return { card, start, end, groups: groupsOf(card), column: Number(card.dataset.column), name: card.className };
  });
  held.lead = held.cards.find(({ card }) => card === held.row) ?? held.cards[0];
  held.five = rowHeight();
  held.grabbed = held.y - day().getBoundingClientRect().top;
  held.column = columnAt(held.x);
  held.to = null;
  for (const one of held.cards) {
    if (!held.tray) {
      one.ghost = one.card.cloneNode(true);
      one.ghost.className = `${one.name} is-ghost`;
      one.ghost.removeAttribute("id");
      one.ghost.inert = true;
      one.card.before(one.ghost);
    }
    one.card.classList.add("is-up");
    if (held.size) one.card.classList.add("is-sized");
    alone(one.card);
  }
  held.lead.card.classList.add("is-lead");
  held.clock = held.lead.card.appendChild(make("p", "card-clock"));
  held.lines = [0, 1].map(() => {
    const line = make("li", "tt-at h0 m00");
    line.append(make("b", ""));
    line.setAttribute("aria-hidden", "true");
    document.querySelector(".tt-cards").append(line);
    return line;
  });
  document.body.classList.add("is-dragging");
  sayInHand();
};

/* An item of the tray becomes a card as soon as it is over the board. */
const fromTray = () => {
  held.tray = held.row;
  const kind = [...held.row.classList].find((name) => name.startsWith("k-"));
  const own = held.row.dataset.groups.trim() ? " is-own" : "";
  const column = own ? columns().findIndex((c) => held.row.dataset.groups.split(" ").includes(c.dataset.group)) + 1 : 1;
  const width = own ? 1 : columns().length;
  const card = make("li", `card ${kind}${own} h0 m00 e0 f30 c${column || 1} w${width} l1 of1`);
  Object.assign(card.dataset, { ...held.row.dataset, column: column || 1 });
  card.append(make("p", "card-t"), make("p", "card-h", titleOf(held.row)));
  card.firstChild.append(make("time", ""));
  held.row = card;
  document.querySelector(".tt-cards").append(card);
};

const follow = () => {
  held.waits = false;
  const { x, y } = held.at;
  const target = document.elementFromPoint(x, y);
  const link = held.size ? null : target?.closest(".days-drop [data-day]");
  const otherDay = link && link.dataset.day !== bd.dataset.day ? link : null;
  const tray = !held.size && !held.tray && !otherDay ? target?.closest('[data-part="tray"]') : null;
  overDay(otherDay);
  document.querySelector('[data-part="tray"]').classList.toggle("is-over", Boolean(tray));
  held.aside = Boolean(tray);
  const over = held.tray && !target?.closest(".tt-scroll");
  held.nowhere = Boolean(over) && !otherDay;
  if (otherDay || tray || held.nowhere) return;
  const from = held.lead;
  const top = day().getBoundingClientRect().top;
  const [first, last] = axis();
  let by = Math.round((y - top - (held.tray ? (-first / 5) * -held.five : held.grabbed)) / held.five) * 5;
  if (held.tray) by = first + Math.floor((y - top) / held.five) * 5;
  const lowest = Math.min(...held.cards.map((one) => (held.size ? one.end - 5 - one.start : one.start - first)));
  const room = Math.min(...held.cards.map((one) => Math.max(0, last - one.end)));
  by = held.tray ? Math.min(Math.max(by, first), last - 5) : Math.min(Math.max(by, -lowest), room);
  const moved = snap((held.size ? from.end : from.start) + by) - (held.size ? from.end : from.start);
  const columnsBy = held.size ? 0 : held.tray ? 0 : columnAt(x) - held.column;
  const to = `${moved} ${columnsBy}`;
  if (to === held.to) return;
  held.to = to;
  for (const one of held.cards) {
    one.now = [one.start + (held.size ? 0 : moved), one.end + moved];
    standFor(one.card, ...one.now);
    one.groupsNow = shifted(one, columnsBy);
  }
  tellTime();
  tellNear();
};

/* A card of some groups goes to those as many columns on; what is for everybody stays so. */
const shifted = (one, by) => {
  const all = columns().map((column) => Number(column.dataset.group));
  const places = one.groups.map((group) => all.indexOf(group)).filter((place) => place >= 0);
  if (!places.length) return one.groups;
  const step = Math.min(Math.max(by, -Math.min(...places)), all.length - 1 - Math.max(...places));
  standIn(one.card, one.column + step);
  return places.map((place) => all[place + step]);
};

const tellTime = () => {
  const { now, start, end } = held.lead;
  const column = columns().find((element) => Number(element.dataset.group) === held.lead.groupsNow[0]);
  const named = held.lead.groupsNow.join() === held.lead.groups.join() ? "" : ` · ${column?.dataset.name}`;
  const [big, small] = held.size
    ? [clock(now[1]), say("from", { time: clock(now[0]), was: clock(end) })]
    : [
        clock(now[0]),
        held.tray ? say("until", { time: clock(now[1]) }) : say("to", { time: clock(now[1]), was: clock(start) }),
      ];
  held.clock.replaceChildren(big, make("small", "", small + named));
  held.lines.forEach((line, place) => {
    standAt(line, now[place]);
    line.firstChild.textContent = clock(now[place]);
  });
};

/* What it would lie on is said on the other card before letting go. */
const tellNear = () => {
  clearNear();
  const up = held.cards.map(({ card }) => card.dataset.item);
  for (const card of cards()) {
    if (up.includes(card.dataset.item) || card.matches(".is-cancelled")) continue;
    const [start, end] = timesOf(card);
    const over = held.cards
      .filter((one) => sharePeople(one.groupsNow, groupsOf(card)))
      .map(({ now }) => Math.min(now[1], end) - Math.max(now[0], start));
    const most = Math.max(0, ...over);
    if (!most) continue;
    card.classList.add("is-near");
    card.append(make("p", "near-words", say("overlap", { count: most })));
  }
};
const clearNear = () => {
  document.querySelectorAll(".near-words").forEach((words) => words.remove());
  document.querySelectorAll(".is-near").forEach((card) => card.classList.remove("is-near"));
};

/* Over a day of the strip the day turns solid and says whether the time is free there. */
const overDay = (link) => {
  if (held.link === link) return;
  if (held.link) {
    held.link.classList.remove("is-target");
    held.link.querySelector(".daynav-n").textContent = held.linkText;
  }
  held.link = link;
  if (!link) return;
  held.linkText = link.querySelector(".daynav-n").textContent;
  link.classList.add("is-target");
  const { start, end, groups } = held.lead;
  const taken = link.dataset.busy
    .split(" ")
    .filter(Boolean)
    .some((text) => {
      const [span, own = ""] = text.split(":");
      const [from, to] = span.split("-").map(Number);
      return from < end && to > start && sharePeople(groups, own.split(",").filter(Boolean).map(Number));
    });
  link.querySelector(".daynav-n").textContent = held.tray ? "" : say(taken ? "taken" : "free", { time: clock(start) });
};

const scrollAlong = () => {
  if (!held?.moved) return;
  const { y } = held.at;
  const by = y < EDGE ? -12 : y > innerHeight - EDGE ? 12 : 0;
  if (by) {
    const frame = day().closest(".tt-scroll");
    const before = frame.scrollTop;
    frame.scrollTop += by;
    if (frame.scrollTop === before) scrollBy({ top: by, behavior: "instant" });
    follow();
  }
  requestAnimationFrame(scrollAlong);
};

document.addEventListener("pointermove", (event) => {
  if (!held || event.pointerId !== held.pointer) return;
  held.at = { x: event.clientX, y: event.clientY };
  if (!held.moved) {
    if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < SLACK) return;
    begin();
    requestAnimationFrame(scrollAlong);
  }
  if (held.waits) return;
  held.waits = true;
  requestAnimationFrame(() => held && follow());
});

const drop = (keep) => {
  if (!held) return;
  if (held.moved && keep) follow();
  const was = held;
  if (!was.moved) {
    held = null;
    return;
  }
  overDay(null === was.link ? null : was.link);
  const target = was.link?.dataset.day;
  overDay(null);
  clearNear();
  held = null;
  was.clock.remove();
  was.lines.forEach((line) => line.remove());
  document.body.classList.remove("is-dragging");
  document.querySelector('[data-part="tray"]').classList.remove("is-over");
  for (const one of was.cards) {
    one.ghost?.remove();
    if (was.tray) one.card.remove();
    else one.card.className = one.name;
    if (!was.tray) standFor(one.card, one.start, one.end);
  }
  document.addEventListener("click", stop, { capture: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }));
  sayNothing();
  if (keep && !was.nowhere) move(was.cards.flatMap((one) => moveOf(was, one, target)));
  putWaiting();
};
const stop = (event) => {
  event.preventDefault();
  event.stopPropagation();
};

const moveOf = (was, one, target) => {
  const row = was.tray ?? one.card;
  if (was.aside) return [{ row, aside: true }];
  if (target && was.tray) return [{ row, day: target, start: 9 * 60, end: 9 * 60 + one.end }];
  if (target) return [{ row, day: target, start: one.start, end: one.end }];
  if (!one.now) return [];
  const groups = one.groupsNow.join() === one.groups.join() ? undefined : one.groupsNow;
  return [{ row, start: one.now[0], end: one.now[1], ...(groups ? { groups } : {}) }];
};

document.addEventListener("pointerup", (event) => held?.pointer === event.pointerId && drop(true));
document.addEventListener("pointercancel", (event) => held?.pointer === event.pointerId && drop(false));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !held?.moved) return;
  event.stopImmediatePropagation();
  drop(false);
});
