/* My schedule: moves on with the clock, follows new releases, says when it cannot know what is new.
   Without this file the page is right at the moment it was loaded. */
import { dayText, followClock, now, readPage, renewParts, timeText } from "./portal.js";

const MINUTE = 60;
const me = document.querySelector("[data-me]");

/* Marks of attendance that somebody else left on this phone (marks-store.js) are not this reader's to send. */
try {
  if (Object.keys(localStorage).some((key) => key.startsWith("marks/"))) {
    import("./marks-store.js").then(({ forgetOthers }) => forgetOthers(me.dataset.user));
  }
} catch {
  /* this browser keeps nothing */
}
const zone = me.dataset.zone;
const address = location.pathname + location.search;

/* A page out of the browser's store may be old, and so may be the time it tells: then the device knows better. */
const [visit] = performance.getEntriesByType("navigation");
const stored = visit && (visit.type === "back_forward" || visit.transferSize === 0);
if (!stored) followClock(Number(me.dataset.now));
let copied = Number(me.dataset.now); /* when the server last said that this is how things are */

const FURTHEST = 12 * 60;
const duration = (minutes) => {
  const hours = Math.floor(minutes / 60);
  const words = !hours ? me.dataset.minutes : minutes % 60 ? me.dataset.both : me.dataset.hours;
  return words.replace("{h}", hours).replace("{m}", minutes % 60);
};
const moveMinutes = (within) => {
  within.querySelectorAll("[data-countdown]").forEach((place) => {
    const minutes = Math.ceil((Number(place.dataset.countdown) - now()) / 60);
    const near = minutes > 0 && minutes <= FURTHEST;
    place.textContent = near ? place.dataset.words.replace("{}", duration(minutes)) : "";
  });
  within.querySelectorAll("[data-clock]").forEach((place) => {
    place.textContent = timeText(now(), zone);
  });
};

/* Puts the parts of `page` in place. Whether all are: a card that has the focus stays, and then no longer says
   that it is now, or next. */
const showParts = (page) => {
  const left = renewParts(page, moveMinutes);
  left.forEach((part) =>
    part.querySelectorAll(".now-l, h2 > .vh").forEach((words) => {
      words.hidden = true;
    }),
  );
  return !left.length;
};

/* The page brought along what it says at the next moments: the last of them that has come holds now. */
let shown;
const rollForward = () => {
  const come = [...document.querySelectorAll("[data-moment]")].filter((one) => Number(one.dataset.moment) <= now());
  const due = come.at(-1);
  if (due) showParts(due.content);
  moveMinutes(document);
  const moved = due?.dataset.moment !== shown;
  shown = due?.dataset.moment;
  return moved;
};

/* The template of a live region, shown once: readers of the screen hear it, the focus stays where it is. */
const say = (region, choose) => {
  if (region.querySelector("p")) return;
  const words = region.querySelector("template").content.cloneNode(true);
  choose?.(words);
  region.append(words);
};
const unsay = (region) => region.querySelectorAll(":scope > p").forEach((words) => words.remove());

const news = document.querySelector("[data-news]");
const announcements = (page) => [...page.querySelectorAll("[data-announcement]")].map((one) => one.textContent);

const compare = (page) => {
  const fresh = page.querySelector("[data-me]");
  const released = fresh.dataset.release !== me.dataset.release;
  const known = announcements(document);
  const announced = announcements(page).some((words) => !known.includes(words));
  const said = news.querySelector(":scope > p [data-new]")?.dataset.new;
  if (released ? said !== "release" : announced) {
    unsay(news);
    say(news, (words) => words.querySelector(`[data-new="${released ? "announcement" : "release"}"]`).remove());
  }
  /* Under a new release the old page stays whole until it is asked for. */
  if (released || showParts(page)) me.dataset.state = fresh.dataset.state;
  rollForward();
};

/* Why the page may be old: one reason at a time, and nothing once the server has answered. */
const offline = document.querySelector("[data-offline]");
const signedOut = document.querySelector("[data-signed-out]");
const sayOld = (reason) => {
  [offline, signedOut].filter((region) => region !== reason).forEach(unsay);
  if (!reason) return;
  say(reason, (words) =>
    words.querySelectorAll("[data-copy]").forEach((place) => {
      place.textContent = `${dayText(copied, zone)}, ${timeText(copied, zone)}`;
    }),
  );
};

/* Answers that are not the page's own (of a hotel's network, of a server in trouble) are no answers. */
const REFUSED = [401, 403, 404];
const hear = async (response) => {
  if (response.redirected || REFUSED.includes(response.status)) return sayOld(signedOut);
  const page = response.status === 304 ? null : await readPage(response);
  if (!response.headers.has("Portal-Clock") || (page && !page.querySelector("[data-me]"))) throw new Error("no answer");
  followClock(Number(response.headers.get("Portal-Clock")));
  copied = now();
  sayOld(null);
  if (page) compare(page);
};

let asking = false;
const poll = async () => {
  if (asking || document.hidden) return;
  asking = true;
  try {
    await hear(
      await fetch(address, {
        headers: { "If-None-Match": `"${me.dataset.state}"`, "Portal-Shows": me.dataset.release },
        cache: "no-store",
        signal: AbortSignal.timeout(20000),
      }),
    );
  } catch {
    /* A single answer may get lost on its way. */
    if (!navigator.onLine || now() - copied > 1.5 * MINUTE) sayOld(offline);
  } finally {
    asking = false;
  }
};

rollForward();
const catchUp = () => {
  rollForward();
  poll();
};
setInterval(() => {
  if (rollForward()) poll();
}, 15000);
setInterval(poll, MINUTE * 1000);
document.addEventListener("visibilitychange", catchUp);
addEventListener("online", poll);
addEventListener("offline", poll);
addEventListener("pageshow", (event) => {
  if (stored || event.persisted) catchUp();
});

/* On paper all days are open. */
addEventListener("beforeprint", () =>
  document.querySelectorAll("details.fold").forEach((day) => {
    day.open = true;
  }),
);
