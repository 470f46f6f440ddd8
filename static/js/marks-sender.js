/* Sends the marks that this phone keeps, from whatever page of the attendance is open: at once, when the network
   is back, when the page is opened or looked at again. Says how many wait, and for which item. */
import { forgetOthers, storeOf } from "./marks-store.js";

const RETRY = 4000;
const place = document.querySelector("[data-waiting]");
const words = place?.dataset;
const store = place && storeOf(words.user, words.program);
const names = place ? JSON.parse(document.querySelector("#item-names").textContent) : {};
const find = (name) => place.querySelector(`[data-waiting-${name}]`);
const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);
const keyOf = (item, who) => `${item}/${who}`;

const fresh = new Set(); /* made on this page and not tried yet: the server's clock says when */
const failed = new Set();
const sending = new Set();
const listeners = [];

export const post = (address, fields) =>
  fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRFToken": words.token },
    redirect: "manual" /* to the sign-in page: not an answer */,
    signal: AbortSignal.timeout(15000),
  });

const peopleIn = (mark) => (mark.people ? mark.people.split("-").length : 1);
const show = () => {
  const waiting = store.all().filter((mark) => failed.has(keyOf(mark.item, mark.who)));
  const counts = new Map();
  for (const mark of waiting) counts.set(mark.item, (counts.get(mark.item) ?? 0) + peopleIn(mark));
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const items = [...counts].map(([item, number]) => {
    const name = names[item] ?? words.unknown;
    return counts.size > 1 ? `${name} (${number})` : name;
  });
  const text = count ? fill(count === 1 ? words.one : words.many, { count, items: items.join("; ") }) : "";
  if (find("said").textContent !== text) find("said").textContent = text;
  find("why").hidden = !count;
  place.hidden = !count && find("refused").hidden;
};
const refuse = (text) => {
  find("refused").textContent = text;
  find("refused").hidden = !text;
};

const signIn = (isNeeded) => {
  const told = document.querySelector("[data-signed-out]") ?? find("sign-in");
  told.hidden = !isNeeded;
};
/* Whoever signs in again, in another window, gets another token: this page takes it from a fresh copy. Marks of
   somebody else are not sent in their name. */
export const signedOut = async () => {
  const answer = await fetch(location.pathname, { redirect: "manual" });
  signIn(!answer.ok);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-waiting]")?.dataset;
  if (!now) return;
  if (now.user !== words.user) {
    forgetOthers(now.user);
    refuse(words.someone);
    for (const listen of listeners) listen({ someone: words.someone });
    return;
  }
  words.token = now.token;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => {
    input.value = now.token;
  });
};

/* {told} what the server saved; {refused} why it did not; {} without an answer. */
const ask = async (mark, isLate) => {
  const { item, who, at, ...fields } = mark;
  const isEverybody = who === "everybody";
  if (isLate) fields.ago = Math.max(Date.now() - at, 0); /* the phone's clock may be set back */
  if (!isEverybody) fields[/^\d+$/.test(who) ? "participant" : "badge"] = who.replace(/^b:/, "");
  try {
    const address = (isEverybody ? words.allAddress : words.markAddress).replace("/0/", `/${item}/`);
    const answer = await post(address, fields);
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      await signedOut();
      return {};
    }
    if (answer.ok) return { told: await answer.json() };
    return answer.status < 500 ? { refused: await answer.json().catch(() => ({})) } : {};
  } catch {
    return {};
  }
};

let retrying;
const send = async (item, who) => {
  const key = keyOf(item, who);
  const mark = store.get(item, who);
  if (!mark || sending.has(key)) return;
  if (who !== "everybody" && sending.has(keyOf(item, "everybody"))) return; /* goes after it */
  sending.add(key);
  const answer = await ask(mark, !fresh.has(key));
  sending.delete(key);
  fresh.delete(key);
  const now = store.get(item, who);
  const isNewer = now !== null && now.at !== mark.at;
  if (!answer.told && !answer.refused) {
    if (isNewer) return send(item, who);
    if (now) failed.add(key);
    clearTimeout(retrying);
    retrying = setTimeout(sendAll, RETRY);
  } else {
    signIn(false);
    failed.delete(key);
    if (isNewer) return send(item, who);
    store.drop(item, who);
    if (who === "everybody") sendAll();
  }
  const isHeard = listeners.map((listen) => listen({ mark, isGone: now === null, ...answer })).some(Boolean);
  if (!isHeard && answer.refused) refuse(`${names[item] ?? words.unknown}: ${answer.refused.error ?? ""}`);
  if (!isHeard && answer.told?.later) refuse(`${names[item]}: ${answer.told.later}`);
  show();
};
const sendAll = () => store.all().forEach(({ item, who }) => send(item, who));

export const marks = {
  of: (item) => store.all().filter((mark) => mark.item === item),
  get: (item, who) => store.get(item, who),
  has: (item, who) => store.get(item, who) !== null,
  isFailed: (item, who) => failed.has(keyOf(item, who)),
  /* Keeps it; send() or sendAll() sends it. `fields` go with it as they are. */
  keep: (item, who, fields) => {
    failed.delete(keyOf(item, who));
    if (!fields.at) fresh.add(keyOf(item, who));
    store.put(item, who, { at: Date.now(), ...fields });
    show();
  },
  drop: (item, who) => {
    store.drop(item, who);
    show();
  },
  send,
  sendAll,
  /* `listen` gets {mark, told, refused, isGone} after each try, and says whether it told the person. */
  listen: (listen) => listeners.push(listen),
};

if (place) {
  forgetOthers(words.user);
  setTimeout(() => {
    const isOpen = (mark) => !fresh.has(keyOf(mark.item, mark.who));
    for (const mark of store.all().filter(isOpen)) failed.add(keyOf(mark.item, mark.who));
    show();
  }, 1500); /* what goes at once is not worth a word */
  setTimeout(sendAll); /* after the page has said what it listens to */
  addEventListener("online", sendAll);
  addEventListener("pageshow", (event) => event.persisted && sendAll());
  document.addEventListener("visibilitychange", () => document.hidden || sendAll());
  addEventListener("storage", (event) => store.owns(event.key) && show());
}
