/* Saving: one change after the other, each tried until the server has answered. Nothing is thrown away silently. */
import { now, timeText } from "../portal.js";
import { bd, rowOf, say, words } from "./places.js";

const ANSWER_WITHIN = 15000;
const WAITS = [2000, 4000, 8000, 15000, 30000];
const queue = [];
const heard = new EventTarget();
let sending = null;
let timer = 0;
let answers = 0;

const token = () => [...crypto.getRandomValues(new Uint8Array(5))].map((n) => n.toString(16).padStart(2, "0")).join("");
const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
export const on = (name, listener) => heard.addEventListener(name, (event) => listener(event.detail));
const tell = (name, detail) => heard.dispatchEvent(new CustomEvent(name, { detail }));

export const isPending = (item) =>
  [sending, ...queue].some((change) => change && change.items.some((one) => String(one) === String(item)));
/* How many changes the server has answered: what was asked for before the last one is old. */
export const answered = () => answers;
export const pending = () => queue.length + (sending ? 1 : 0);
const clockNow = () => timeText(now(), bd.dataset.tz);

/* A change: `items` it is about, `fields()` of the form when it is sent, and what to do with a refusal.
   A later move of the same items takes the place of one that still waits: it is one step to undo. */
export const send = (change) => {
  const key = change.moves && change.items.join();
  const waiting = key && queue.find((other) => other.moves && other.items.join() === key);
  if (waiting) Object.assign(waiting, { moves: change.moves });
  else queue.push({ token: token(), tries: 0, ...change });
  tell("state");
  next();
};

const bodyOf = (change) => {
  const body = change.form ? new FormData(change.form, change.submitter) : new FormData();
  for (const [name, value] of Object.entries(change.fields?.() ?? {})) body.set(name, value);
  if (change.moves) {
    const rows = change.moves.map((move) => ({
      ...move,
      version: Number(rowOf(move.item)?.dataset.version ?? move.version),
    }));
    body.set("do", "place");
    body.set("moves", JSON.stringify(rows));
  }
  body.set("csrfmiddlewaretoken", csrf());
  body.set("token", change.token);
  return body;
};

const next = async () => {
  clearTimeout(timer);
  if (sending || !queue.length) return;
  sending = queue.shift();
  const change = sending;
  change.items.forEach((item) => rowOf(item)?.classList.add("is-saving"));
  let answer = null;
  try {
    const response = await fetch(bd.dataset.here, {
      method: "POST",
      body: (change.body ??= bodyOf(change)),
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    if (response.type === "opaqueredirect" || response.status === 403) change.problem = words.signed_out;
    else if ([200, 409, 422].includes(response.status)) answer = [response.status, await response.json()];
  } catch {
    change.problem = null;
  }
  sending = null;
  change.items.forEach((item) => rowOf(item)?.classList.remove("is-saving"));
  if (answer) {
    settle(change, ...answer);
    next();
  } else wait(change);
};

const settle = (change, status, answer) => {
  answers += 1;
  for (const [item, version] of Object.entries(answer.versions ?? {})) {
    const row = rowOf(item);
    if (row) row.dataset.version = version;
  }
  change.items.forEach((item) => unmark(item));
  if (status === 200) tell("saved", { change, ...answer });
  else if (status === 409) tell("stale", { change, rows: answer.stale });
  else tell("refused", { change, text: answer.refused });
  tell("state");
};

/* Without an answer the change stays first in line and is sent again, as it was: the server knows it by its token. */
const wait = (change) => {
  change.tries += 1;
  change.since ??= clockNow();
  queue.unshift(change);
  for (const item of change.items) {
    const row = rowOf(item);
    if (!row) continue;
    unmark(item);
    row.classList.add("is-unsaved");
    const text = change.problem ?? say("no_connection", { time: change.since, count: change.tries });
    mark(row, "warn", text, [[words.try_now, next]]);
  }
  tell("state", { waits: true });
  timer = setTimeout(next, WAITS[Math.min(change.tries, WAITS.length) - 1]);
};

/* A sentence on a card, with its ways on. */
export const mark = (row, kind, text, ways) => {
  const said = Object.assign(document.createElement("p"), { className: `${kind} card-said`, textContent: text });
  const buttons = Object.assign(document.createElement("p"), { className: "card-do card-said" });
  for (const [label, act] of ways) {
    const button = Object.assign(document.createElement("button"), {
      className: "btn",
      type: "button",
      textContent: label,
    });
    button.addEventListener("click", act);
    buttons.append(button);
  }
  row.append(said, buttons);
  return buttons;
};
export const unmark = (item) => {
  const row = rowOf(item);
  row?.classList.remove("is-unsaved", "is-refused", "is-stale");
  row?.querySelectorAll(".card-said").forEach((part) => part.remove());
};

addEventListener("online", next);
addEventListener("beforeunload", (event) => {
  if (pending()) event.preventDefault();
});
