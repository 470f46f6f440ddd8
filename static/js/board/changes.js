/* Every way of moving ends here: place the card, send it, say what became of it, offer to undo. */
import { pick, pickedItems, show } from "./bar.js";
import { afterRenewal, renew } from "./parts.js";
import {
  bd,
  cardOf,
  clock,
  groupsOf,
  isPlaced,
  linkOf,
  localOf,
  minutesLong,
  rowOf,
  say,
  standFor,
  timesOf,
  words,
} from "./places.js";
import { mark, on, pending, send, unmark } from "./saving.js";

const undoBar = document.querySelector("[data-undo-bar]");
const state = document.querySelector("[data-said]");
const past = []; /* tokens of what can be undone, the last at the end */
const undone = [];
const notices = new Map(); /* item: what its card says until somebody answers */
const SHOWN_SAVED = 4000;

/* Move rows: [{row, start, end}] in minutes of the board's day, with `groups` (ids) where they change and `day` for
   another date; `aside` takes them off the agenda. */
export const move = (moves) => {
  const changed = moves.filter(
    ({ row, start, end, groups, day, aside }) =>
      day || aside || groups || !isPlaced(row) || String(timesOf(row)) !== String([start, end]),
  );
  if (!changed.length) return;
  send({
    items: changed.map(({ row }) => row.dataset.item),
    before: changed.map(({ row }) => [row.dataset.item, { ...row.dataset }]),
    moves: changed.map((change) => sent(change)),
    made: true,
  });
  for (const { row, start, end, groups, day, aside } of changed) {
    notices.delete(row.dataset.item);
    if (day || aside) {
      row.classList.add("is-leaving");
      continue;
    }
    Object.assign(row.dataset, { start: localOf(start), end: localOf(end) });
    if (groups) row.dataset.groups = groups.join(" ");
    if (row.matches(".card")) standFor(row, start, end);
  }
  show();
};

const sent = ({ row, start, end, groups, day, aside }) => ({
  item: Number(row.dataset.item),
  version: Number(row.dataset.version),
  start: aside ? null : localOf(start, day),
  end: aside ? null : localOf(end, day),
  groups: groups ?? groupsOf(row),
});

export const moveBy = (rows, byStart, byEnd) =>
  move(
    rows.filter(isPlaced).flatMap((row) => {
      const [start, end] = timesOf(row).map((minutes, place) => step(minutes, [byStart, byEnd][place]));
      return start < 0 || start >= 24 * 60 || end - start < 5 ? [] : [{ row, start, end }];
    }),
  );
/* On to the grid: from 10:02 five minutes later is 10:05. */
const step = (minutes, by) => {
  if (!by) return minutes;
  const moved = minutes + by;
  return (by > 0 ? Math.floor(moved / 5) : Math.ceil(moved / 5)) * 5;
};

/* To the date `by` days on in the strip of days, at the same time of day. */
export const moveDays = (rows, by) => {
  const days = [...document.querySelectorAll(".days-drop [data-day]")].map((link) => link.dataset.day);
  const day = days[days.indexOf(bd.dataset.day) + by];
  if (!day) return;
  const next = neighbour(rows);
  move(rows.filter(isPlaced).map((row) => ({ row, day, start: timesOf(row)[0], end: timesOf(row)[1] })));
  if (next) linkOf(next).focus();
};
const neighbour = (rows) => {
  const all = [...document.querySelectorAll(".tt-cards > .card:not(.is-ghost)")];
  return (
    all.slice(all.indexOf(rows.at(-1)) + 1).find((card) => !rows.includes(card)) ?? all.find((c) => !rows.includes(c))
  );
};

/* What the server works out itself: the form of the bar with one of its buttons, cancelling, undoing. */
export const ask = (items, fields, form, submitter) =>
  send({ items, form, submitter, before: [], fields: () => fields, made: fields.do !== "undo" });

export const undo = () => {
  if (!past.length || pending()) return;
  ask([], { do: "undo", operation: past.pop() });
};
export const redo = () => {
  if (!undone.length || pending()) return;
  ask([], { do: "undo", operation: undone.pop() });
};

const sayState = (kind, text, quiet = "") => {
  const word = Object.assign(document.createElement("span"), { className: kind, textContent: text });
  const more = Object.assign(document.createElement("span"), { className: "quiet", textContent: quiet });
  state.replaceChildren(word, more);
};
export const sayInHand = () => sayState("wait-word", words.hand);
export const sayNothing = () => state.replaceChildren();

const tellDone = (text) => {
  undoBar.querySelector("[data-undo-text]").textContent = text;
  undoBar.querySelector("[data-undo]").hidden = !past.length;
};

on("saved", ({ change, said, undo: operation, at }) => {
  if (operation) {
    if (change.made) undone.length = 0;
    if (change.fields?.().do === "undo" && !change.redo) undone.push(operation);
    else past.push(operation);
    tellDone(said);
  }
  for (const item of change.items) {
    const word = cardOf(item)?.querySelector(".card-s .status");
    if (!word) continue;
    const before = word.cloneNode(true);
    word.replaceWith(
      Object.assign(document.createElement("span"), { className: "ok-word", textContent: say("saved", { time: at }) }),
    );
    setTimeout(() => cardOf(item)?.querySelector(".card-s .ok-word")?.replaceWith(before), SHOWN_SAVED);
  }
  sayState("ok-word", words.all_saved, say("by_you", { time: at, zone: bd.dataset.zone }));
  if (!pending()) renew({ all: true });
});

/* Somebody else saved it meanwhile: their version stands, this one is offered again. */
on("stale", ({ change, rows }) => {
  const mine = new Map((change.moves ?? []).map((one) => [String(one.item), one]));
  for (const { item, said } of rows)
    notices.set(String(item), { kind: "is-stale", said, mine: mine.get(String(item)) });
  tellDone(rows.map(({ said }) => said).join(" ") || words.gone);
  sayState("bad-word", words.changed);
  renew({ all: true });
});

on("refused", ({ change, text }) => {
  sayState("bad-word", words.not_saved);
  tellDone(text);
  if (change.form?.matches(".slot-form")) return;
  for (const [item, before] of change.before) notices.set(item, { kind: "is-refused", said: text, before });
  if (!change.before.length) renew({ all: true });
  showNotices();
});

const again = (notice) => {
  const row = rowOf(notice.mine.item);
  notices.delete(String(notice.mine.item));
  unmark(notice.mine.item);
  if (!row) return;
  send({
    items: [row.dataset.item],
    before: [[row.dataset.item, { ...row.dataset }]],
    moves: [{ ...notice.mine, version: Number(row.dataset.version) }],
    made: true,
  });
};
const back = (item, before) => {
  notices.delete(item);
  unmark(item);
  const row = rowOf(item);
  Object.assign(row.dataset, { start: before.start, end: before.end, groups: before.groups });
  row.classList.remove("is-leaving");
  if (row.matches(".card")) standFor(row, ...timesOf(row));
  renew({ all: true });
  linkOf(row).focus();
};

const showNotices = () => {
  for (const [item, notice] of notices) {
    const row = rowOf(item);
    if (!row) continue; /* the bar at the foot has said it */
    unmark(item);
    row.classList.remove("is-leaving");
    row.classList.add(notice.kind);
    const ways =
      notice.kind === "is-stale"
        ? [
            [words.keep, () => (notices.delete(item), unmark(item))],
            ...(notice.mine ? [[words.mine, () => again(notice)]] : []),
          ]
        : [
            [
              notice.before.start
                ? say("back", { time: clock(timesOf({ dataset: notice.before })[0]) })
                : words.back_aside,
              () => back(item, notice.before),
            ],
          ];
    const buttons = mark(row, "bad", notice.said, ways);
    if (notice.kind === "is-refused") {
      buttons.append(
        Object.assign(document.createElement("a"), {
          className: "btn",
          href: linkOf(row).href,
          textContent: words.open,
        }),
      );
    }
  }
};

afterRenewal(() => {
  showNotices();
  show();
});
on("state", (news) => {
  if (news?.waits) sayState("wait-word", words.not_saved);
  else if (pending()) sayState("wait-word", words.saving);
});

undoBar.querySelector("[data-undo]").addEventListener("submit", (event) => {
  event.preventDefault();
  undo();
});
const first = undoBar.querySelector("[name=operation]").value;
if (first) past.push(first);

/* The bar of the picked card. */
const STEPS = { "start-5": [-5, -5], "start+5": [5, 5], "end-5": [0, -5], "end+5": [0, 5] };
document.querySelector("[data-pin]").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const action = event.submitter?.value ?? "set";
  const rows = pickedItems().map(rowOf);
  if (STEPS[action]) moveBy(rows, ...STEPS[action]);
  else if (rows.length === 1) ask([rows[0].dataset.item], { do: action }, form);
  else set(rows, form);
});
const set = (rows, form) => {
  const day = form.elements.day.value;
  move(
    rows.filter(isPlaced).map((row) => ({
      row,
      start: timesOf(row)[0],
      end: timesOf(row)[0] + minutesLong(row),
      ...(day === "aside" ? { aside: true } : day === bd.dataset.day ? {} : { day }),
    })),
  );
};

export const cancel = (items) => items.forEach((item) => ask([item], { do: "cancel", item }));
export { pick };
