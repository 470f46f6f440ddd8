/* Attendance at one item: each tap is kept on the phone and sent at once, and each row says whether it is saved.
   Without this file the page is a form with a button. */
import { isMeant } from "./asking.js";
import { marks, post, signedOut } from "./marks-sender.js";
import { isKept } from "./marks-store.js";
import { now } from "./portal.js";
import { count, fill, wordOf } from "./roll-tally.js";

const roll = document.querySelector("[data-roll]");
const PERIOD = 10000;
const UNMARKED = { state: "", word: "", said: "" };
const words = roll?.dataset;
const item = words?.item;
const find = (name) => document.querySelector(`[data-${name}]`);
const by = (name) =>
  new Map([...document.querySelectorAll(`[data-${name}]`)].map((row) => [row.getAttribute(`data-${name}`), row]));
const rows = by("row"); /* of those expected, and of those who came with another group than theirs */
const others = by("guest-of"); /* people of other groups */
const expected = words?.people ? words.people.split("-") : [];
const isGuest = (pk) => others.has(pk) || rows.get(pk)?.dataset.guest !== undefined;
const nameOf = (pk) => (rows.get(pk) ?? others.get(pk))?.querySelector("[data-name]").textContent ?? "";
const peopleOf = (mark) => (mark.who === "everybody" ? mark.people.split("-") : [mark.who]);

/* What the server said last of each person: {pk: {state, word, said}}. */
const known = new Map();
for (const one of roll?.elements.seen.value.split(",").filter(Boolean) ?? []) {
  const [pk, state] = one.split(":");
  known.set(pk, { ...UNMARKED, state });
}
for (const [pk, row] of rows) {
  const text = (name) => row.querySelector(`[data-${name}]`).textContent;
  known.set(pk, { state: row.dataset.state, word: text("word"), said: text("said") });
}
const saved = (pk) => known.get(pk) ?? UNMARKED;

/* What this phone has not sent yet of somebody: {state, who} of the mark that will say it; or null. */
const unsent = (pk) => {
  const mark = marks.get(item, pk);
  if (mark) return { state: mark.state, who: pk };
  const all = marks.get(item, "everybody");
  return all && peopleOf(all).includes(pk) ? { state: "present", who: "everybody" } : null;
};
const stateOf = (pk) => unsent(pk)?.state ?? saved(pk).state;

const showRow = (row, { state, word, said }) => {
  row.dataset.state = state;
  row.querySelector("[data-word]").textContent = word;
  row.querySelector("[data-said]").textContent = said;
  row.querySelector(`input[value="${state}"]`).checked = true;
};
const showOther = (row, { word, said }) => {
  row.querySelector("[data-said]").textContent = [word, said].filter(Boolean).join(", ");
  row.querySelector("button").hidden = Boolean(word);
};
const display = (pk) => {
  const row = rows.get(pk) ?? others.get(pk);
  if (!row) return;
  const waiting = unsent(pk);
  const isFailed = waiting && marks.isFailed(item, waiting.who);
  const said = isFailed ? words.unsent : words.sending;
  if (waiting) row.dataset.sent = isFailed ? "unsent" : "sending";
  else delete row.dataset.sent;
  const told = waiting ? { state: waiting.state, word: wordOf(waiting.state), said } : saved(pk);
  if (rows.has(pk)) showRow(row, told);
  else showOther(row, told);
};

/* Not beside what was searched for: it marks also those whom the page does not show. */
const search = document.querySelector(".seek input");
const asked = new URLSearchParams(location.search).has("q");
const showTally = () => {
  find("everybody").hidden = asked || search.value.trim() !== "" || expected.every(stateOf);
  const guests = [...known.keys()].filter((pk) => isGuest(pk) && saved(pk).state).length;
  count(
    expected.map((pk) => saved(pk).state),
    guests,
  );
};

const tell = (name, text) => {
  const place = find(name);
  place.hidden = !text;
  (place.querySelector("p") ?? place).textContent = text;
};

/* What the button takes back: what waits on this phone first, it was done last; else a step on the server. */
const button = find("undo-button");
let step = roll && {
  moment: document.querySelector("#undo [name=moment]").value,
  text: button.textContent.trim(),
};
const undoText = (pks) =>
  pks.length === 1 ? fill(words.one, { name: nameOf(pks[0]) }) : fill(words.several, { count: pks.length });
const lastUnsent = () =>
  marks
    .of(item)
    .filter((mark) => marks.isFailed(item, mark.who))
    .at(-1);
const showUndo = () => {
  const last = lastUnsent();
  button.hidden = !last && !step.moment;
  button.querySelector("span").textContent = last ? undoText(peopleOf(last)) : step.text;
};
const undo = async () => {
  const last = lastUnsent();
  if (last) {
    marks.drop(item, last.who);
    peopleOf(last).forEach(display);
    showTally();
    return showUndo();
  }
  button.disabled = true;
  try {
    const answer = await post(words.undo, { moment: step.moment });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      await signedOut();
      return tell("trouble", words.noUndo);
    }
    const told = await answer.json();
    if (answer.ok) {
      take(told.rows);
      step = { moment: "" };
      tell("done", "");
    }
    tell("trouble", told.error || (told.changed?.length ? "" : words.again));
    showTally();
  } catch {
    tell("trouble", words.noUndo);
  } finally {
    button.disabled = false;
    showUndo();
  }
};

let taken = 0; /* how many answers to taps have come */
const take = (told) => {
  taken += 1;
  for (const [pk, one] of Object.entries(told)) {
    known.set(pk, one);
    display(pk);
  }
};

/* A question that the server had: the mark goes again, with the answer, as of when it was made. */
const askAgain = async (mark, { ask, field }) => {
  if (!(await isMeant(ask, field === "guest" ? words.yesGuest : words.yesDay, words.no))) return;
  const { item: _item, who, ...fields } = mark;
  if (field === "other_day") isDayMeant = true;
  marks.keep(item, who, { ...fields, [field]: "yes" });
  display(who);
  marks.send(item, who);
};
const heard = ({ mark, told, refused, someone }) => {
  if (someone) {
    tell("trouble", someone);
    [...rows.keys(), ...others.keys()].forEach(display);
    return true;
  }
  if (mark.item !== item || mark.who.startsWith("b:")) return false;
  if (told) {
    take(told.rows);
    tell("trouble", told.later ?? "");
    tell("done", told.done ?? "");
    if (told.undo) step = { moment: told.undo, text: undoText(told.changed.map(String)) };
  }
  peopleOf(mark).forEach(display);
  if (refused?.ask) askAgain(mark, refused);
  else if (refused)
    tell("trouble", refused.error || fill(words.failed, { name: peopleOf(mark).map(nameOf).join(", ") }));
  showTally();
  showUndo();
  return true;
};

/* An item of another day may be the wrong one, and so may be the row of somebody sick. */
let isDayMeant = false;
const isRightDay = async () => {
  const isToday = now() >= Number(words.dayFrom) && now() < Number(words.dayTo);
  isDayMeant ||= !isToday && (await isMeant(words.askDay, words.yesDay, words.no));
  return isToday || isDayMeant;
};
const isNotAway = async (pk, state) => {
  const before = stateOf(pk);
  if (state !== "present" || !["sick", "excused"].includes(before)) return true;
  return isMeant(fill(words.askAway, { name: nameOf(pk), word: wordOf(before) }), words.yesAway, words.no);
};
const keep = (who, fields) => {
  marks.keep(item, who, { ...fields, ...(isDayMeant && { other_day: "yes" }) });
  tell("done", "");
  marks.send(item, who);
};
const mark = async (pk, state) => {
  const before = unsent(pk);
  if (!(await isRightDay()) || !(await isNotAway(pk, state))) return display(pk);
  if (before?.who === "everybody") {
    const { at, people, ...all } = marks.get(item, "everybody");
    const rest = people.split("-").filter((one) => one !== pk);
    if (rest.length) marks.keep(item, "everybody", { at, people: rest.join("-"), ...all });
    else marks.drop(item, "everybody");
  }
  keep(pk, { state, ...(isGuest(pk) && { guest: "yes" }) });
  display(pk);
  showUndo();
};
const markEverybody = async () => {
  if (!(await isRightDay())) return;
  const people = expected.filter((pk) => !stateOf(pk));
  if (!people.length) return;
  keep("everybody", { people: people.join("-") });
  people.forEach(display);
  showTally();
};

/* Arrow keys pass over words that are not meant: what a keyboard chose goes after a pause. */
let byKeys = false;
let pausing;
const tapped = (input) => {
  const row = input.closest("[data-row]");
  const send = () => mark(row.dataset.row, input.value);
  row.classList.remove("is-news");
  clearTimeout(pausing);
  if (byKeys) {
    pausing = setTimeout(send, 600);
    return;
  }
  row.querySelector("details").open = false;
  send();
};

/* What others mark meanwhile: asked for while the page is seen, and answered with 304 where nothing is new. */
let asking = false;
const poll = async () => {
  if (asking || document.hidden) return;
  asking = true;
  const before = taken;
  try {
    const answer = await fetch(words.roll, {
      cache: "no-cache",
      redirect: "manual",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(15000),
    });
    if (answer.type === "opaqueredirect") find("signed-out").hidden = false;
    if (!answer.ok) return;
    const page = await answer.json();
    if (taken > before) return; /* it may be older than what a tap was answered meanwhile */
    find("stale").hidden = page.people === words.people;
    tell("stopped", page.stopped);
    enable(!page.stopped);
    for (const pk of [...expected, ...[...known.keys()].filter(isGuest)]) {
      const told = page.rows[pk] || UNMARKED;
      const old = saved(pk);
      known.set(pk, told);
      if (rows.get(pk)?.dataset.sent && !unsent(pk)) display(pk); /* another window sent it */
      if (unsent(pk) || (old.state === told.state && old.said === told.said)) continue;
      rows.get(pk)?.classList.add("is-news");
      display(pk);
    }
    showTally();
  } catch {
    /* no network: the taps say so */
  } finally {
    asking = false;
  }
};

/* Letters find people at once, in any script, with or without accents. */
const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
let open = false;
const filter = () => {
  const wanted = fold(search.value).split(/\s+/).filter(Boolean);
  const isFound = (row) => {
    row.folded ??= fold(row.querySelector(".who-b, .guest-b").textContent);
    return wanted.every((word) => row.folded.includes(word));
  };
  let found = 0;
  for (const row of rows.values()) {
    row.hidden = !isFound(row) || (open && row.dataset.state !== "");
    found += !row.hidden;
  }
  let foundElsewhere = 0;
  for (const row of others.values()) {
    row.hidden = !isFound(row);
    foundElsewhere += !row.hidden;
  }
  if (others.size) find("other-groups").open = wanted.length > 0 && found === 0 && foundElsewhere > 0;
  find("nobody").hidden = found > 0;
  showTally();
};

/* On the page of a bus those who are missing stand on top: put there when one asks, never under the thumb. */
const bus = document.querySelector(".roll-bus");
const RANK = { "": 0, absent: 0, excused: 1, sick: 1, present: 2, late: 2 };
const missingFirst = () => {
  bus?.append(...[...rows.values()].sort((one, other) => RANK[one.dataset.state] - RANK[other.dataset.state]));
};

const enable = (on) =>
  document.querySelectorAll(".roll [type=radio], [data-everybody], [data-guest-of] button").forEach((input) => {
    input.disabled = !on;
  });

/* What is opened or has the focus comes out from under the two bars. */
const leaveRoom = () => {
  const height = (name) => document.querySelector(name).offsetHeight + 8;
  document.documentElement.style.scrollPaddingBlock = `${height(".tally-bar")}px ${height(".bar")}px`;
};

if (roll) {
  document.querySelectorAll("[data-no-script]").forEach((input) => {
    input.hidden = true;
  });
  roll.querySelector("[data-no-script]").disabled = true; /* Enter in a row does not send the page */
  document.querySelectorAll("[data-other-day]").forEach((place) => place.remove()); /* asked before the first tap */
  marks.listen(heard);
  [...rows.keys(), ...others.keys()].filter(unsent).forEach(display);
  showTally();
  roll.addEventListener("keydown", (event) => {
    byKeys = event.key.startsWith("Arrow");
  });
  roll.addEventListener("pointerdown", () => {
    byKeys = false;
  });
  roll.addEventListener("change", (event) => tapped(event.target));
  roll.addEventListener("submit", (event) => {
    event.preventDefault(); /* each tap is saved already */
    if (event.submitter?.dataset.everybody !== undefined) markEverybody();
  });
  document.querySelector("#undo").addEventListener("submit", (event) => {
    event.preventDefault();
    undo();
  });
  for (const [pk, row] of others) {
    row.addEventListener("submit", (event) => {
      event.preventDefault();
      mark(pk, "present");
    });
  }
  const room = new ResizeObserver(leaveRoom);
  document.querySelectorAll(".tally-bar, .bar").forEach((bar) => room.observe(bar));
  roll.addEventListener(
    "toggle",
    (event) => {
      leaveRoom();
      if (event.target.open) event.target.querySelector(".words")?.scrollIntoView({ block: "nearest" });
    },
    true,
  );
  search.addEventListener("input", filter);
  search.addEventListener("focus", () => search.select()); /* the next person */
  search.closest("form").addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
    [...rows.values()]
      .find((row) => !row.hidden)
      ?.querySelector("input")
      .focus();
  });
  document.querySelectorAll("[data-show]").forEach((link) =>
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open = link.dataset.show === "open";
      missingFirst();
      document.querySelectorAll("[data-show]").forEach((one) => one.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
      filter();
    }),
  );
  setInterval(poll, PERIOD);
  document.addEventListener("visibilitychange", poll);
  addEventListener("online", poll);
  addEventListener("pageshow", (event) => {
    if (event.persisted) poll();
  });
  addEventListener("beforeunload", (event) => {
    if (!isKept() && marks.of(item).length) event.preventDefault();
  });
}
