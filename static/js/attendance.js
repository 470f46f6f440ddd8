/* Attendance: sends each tap at once, and says of each whether it is saved. Without this file the page is a
   form with a button. What is not sent yet stays visibly unsent, and goes when the network is back. */
const roll = document.querySelector("[data-roll]");
const PERIOD = 10000;
const RETRY = 4000;
const rows = new Map([...document.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
let token = roll?.querySelector("[name=csrfmiddlewaretoken]").value;
const words = roll?.dataset;
/* The saved state of everybody who is expected, also of those whom this page does not show. */
const states = new Map(words?.people.split("-").map((pk) => [pk, ""]));
roll?.elements.seen.value
  .split(",")
  .filter(Boolean)
  .forEach((one) => states.set(...one.split(":")));
const find = (name) => document.querySelector(`[data-${name}]`);
const nameOf = (row) => row.querySelector("[data-name]").textContent;

/* What this person said and the server has not answered: {row: {state, at, tries}}. */
const waiting = new Map();

const post = (address, fields) =>
  fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRFToken": token },
    redirect: "manual" /* to the sign-in page: not an answer */,
    signal: AbortSignal.timeout(15000),
  });

const show = (row, { state, word, said }) => {
  row.dataset.state = state;
  row.querySelector("[data-word]").textContent = word;
  row.querySelector("[data-said]").textContent = said;
  row.querySelector(`input[value="${state}"]`).checked = true;
};
const wordOf = (state) => {
  if (state === "present") return words.present;
  return document.querySelector(`.words input[value="${state}"] + span`).textContent;
};
const showSending = (row, state, sent) => {
  row.dataset.sent = sent;
  show(row, { state, word: state && wordOf(state), said: sent === "unsent" ? words.unsent : words.sending });
};

/* Not beside what was searched for: it marks also those whom the page does not show. */
const search = document.querySelector(".seek input");
const asked = new URLSearchParams(location.search).has("q");
const offerEverybody = () => {
  find("everybody").hidden = asked || search.value.trim() !== "" || ![...states.values()].includes("");
};

/* The counter is read out once the tapping pauses. */
let speaking;
const fill = (text, gaps) => text.replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);
const count = () => {
  const saved = [...states.values()];
  const there = saved.filter((state) => state === "present" || state === "late").length;
  const open = saved.filter((state) => !state).length;
  if (find("there").textContent === String(there) && find("open").textContent === String(open)) return;
  find("there").textContent = there;
  find("open").textContent = open;
  offerEverybody();
  find("others").replaceChildren(
    ...["late", "excused", "sick", "absent"].flatMap((state) => {
      const number = saved.filter((one) => one === state).length;
      if (!number) return [];
      const entry = document.createElement("li");
      entry.append(`${wordOf(state)} `, Object.assign(document.createElement("b"), { textContent: number }));
      return [entry];
    }),
  );
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    const left = open ? fill(words.left, { count: open }) : words.all;
    find("live").textContent = `${fill(words.count, { there, all: states.size })}, ${left}`;
  }, 1500);
};

const trouble = (text) => {
  find("trouble").hidden = !text;
  find("trouble").querySelector("p").textContent = text;
};
const showUndo = (moment, row) => {
  const button = find("undo-button");
  button.hidden = !moment;
  document.querySelector("#undo [name=moment]").value = moment;
  if (moment) button.querySelector("span").textContent = fill(words.one, { name: nameOf(row) });
};
let taken = 0; /* how many answers to taps have come */
const take = (answer) => {
  taken += 1;
  for (const [pk, told] of Object.entries(answer.rows)) {
    states.set(pk, told.state);
    const row = rows.get(pk);
    if (row && !waiting.has(pk)) {
      delete row.dataset.sent;
      show(row, told);
    }
  }
};

/* Whoever signs in again, in another window, gets another token: this page takes it from a fresh copy. */
const signedOut = async () => {
  const answer = await fetch(location.pathname, { redirect: "manual" });
  find("signed-out").hidden = answer.ok;
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  token = page.querySelector("#roll [name=csrfmiddlewaretoken]").value;
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => {
    input.value = token;
  });
};

let retrying;
const send = async (pk) => {
  const row = rows.get(pk);
  const tap = waiting.get(pk);
  if (!tap || tap.sending) return;
  tap.sending = true;
  const fields = { participant: pk, state: tap.state };
  if (tap.tries) fields.ago = Math.max(Date.now() - tap.at, 0); /* the phone's clock may be set back */
  let answer;
  try {
    answer = await post(words.roll, fields);
    if (answer.type === "opaqueredirect" || answer.status === 403) await signedOut();
    else if (answer.ok) answer.told = await answer.json();
    else if (answer.status < 500) answer.told = await answer.json().catch(() => ({}));
  } catch {
    answer = null;
  }
  tap.sending = false;
  const newer = waiting.get(pk) !== tap;
  if (!answer?.told) {
    tap.tries += 1;
    if (newer) return send(pk);
    showSending(row, tap.state, "unsent");
    clearTimeout(retrying);
    retrying = setTimeout(sendAll, RETRY);
  } else {
    find("signed-out").hidden = true;
    if (newer) return send(pk);
    waiting.delete(pk);
    if (answer.ok) {
      const told = answer.told.rows[pk];
      trouble(told.state === tap.state ? "" : fill(words.later, { name: nameOf(row) }));
      take(answer.told);
      if (answer.told.undo) showUndo(answer.told.undo, row);
    } else {
      trouble(answer.told.error || fill(words.failed, { name: nameOf(row) }));
      delete row.dataset.sent;
      show(row, tap.before);
    }
  }
  count();
};
const sendAll = () => [...waiting.keys()].forEach(send);

/* Arrow keys pass over words that are not meant: what a keyboard chose goes after a pause. */
let byKeys = false;
let pausing;
const tapped = (input) => {
  const row = input.closest("[data-row]");
  const pk = row.dataset.row;
  const earlier = waiting.get(pk);
  const before = earlier?.before ?? {
    state: row.dataset.state,
    word: row.querySelector("[data-word]").textContent,
    said: row.querySelector("[data-said]").textContent,
  };
  waiting.set(pk, { state: input.value, at: Date.now(), tries: 0, before, sending: false });
  showSending(row, input.value, "sending");
  row.classList.remove("is-news");
  if (!byKeys) row.querySelector("details").open = false;
  clearTimeout(pausing);
  if (earlier?.sending) return; /* its answer sends this one */
  if (byKeys) pausing = setTimeout(sendAll, 600);
  else send(pk);
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
    const now = await answer.json();
    if (taken > before) return; /* it may be older than what a tap was answered meanwhile */
    find("stale").hidden = now.people === words.people && !now.cancelled;
    const unmarked = { state: "", word: "", said: "" };
    states.forEach((_state, pk) => states.set(pk, (now.rows[pk] || unmarked).state));
    for (const [pk, row] of rows) {
      const told = now.rows[pk] || unmarked;
      const shown = row.querySelector("[data-said]").textContent;
      if (waiting.has(pk) || (row.dataset.state === told.state && shown === told.said)) continue;
      row.classList.add("is-news");
      show(row, told);
    }
    count();
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
  let found = 0;
  for (const row of rows.values()) {
    row.folded ??= fold(row.querySelector(".who-b").textContent);
    row.hidden = !wanted.every((word) => row.folded.includes(word)) || (open && row.dataset.state !== "");
    found += !row.hidden;
  }
  find("nobody").hidden = found > 0;
  offerEverybody();
};

/* On the page of a bus those who are missing stand on top: put there when one asks, never under the thumb. */
const bus = document.querySelector(".roll-bus");
const RANK = { "": 0, absent: 0, excused: 1, sick: 1, present: 2, late: 2 };
const missingFirst = () => {
  bus?.append(...[...rows.values()].sort((one, other) => RANK[one.dataset.state] - RANK[other.dataset.state]));
};

const enable = (on) =>
  roll.querySelectorAll("[type=radio]").forEach((input) => {
    input.disabled = !on;
  });

if (roll && rows.size) {
  document.querySelectorAll("[data-no-script]").forEach((button) => {
    button.hidden = true;
  });
  roll.querySelector("[data-no-script]").disabled = true; /* Enter in a row does not send the page */
  roll.addEventListener("keydown", (event) => {
    byKeys = event.key.startsWith("Arrow");
  });
  roll.addEventListener("pointerdown", () => {
    byKeys = false;
  });
  roll.addEventListener("change", (event) => tapped(event.target));
  roll.addEventListener("submit", (event) => {
    if (!waiting.size && navigator.onLine) return enable(false); /* each tap is saved already */
    event.preventDefault();
    trouble(words.unsent);
    sendAll();
  });
  document.querySelector("#undo").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = find("undo-button");
    button.disabled = true;
    try {
      const answer = await post(words.undo, { moment: event.target.elements.moment.value });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        await signedOut();
        return trouble(words.unsent);
      }
      const told = await answer.json();
      if (answer.ok) take(told);
      if (answer.ok) showUndo("");
      trouble(told.error || (told.changed ? "" : words.again));
      count();
    } catch {
      trouble(words.unsent);
    } finally {
      button.disabled = false;
    }
  });
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
  addEventListener("online", () => {
    sendAll();
    poll();
  });
  addEventListener("pageshow", (event) => {
    enable(true);
    if (event.persisted) poll();
  });
  addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
}
