/* My schedule: moves the minutes on, follows new releases, says when the network is gone.
   Without this file the page is right at the moment it was loaded. */
const PERIOD = 60000;
const me = document.querySelector("[data-me]");
const root = document.documentElement;
const address = location.pathname + location.search;

/* The server's clock: how far the device's clock is from it, in milliseconds. */
let ahead = Number(me.dataset.now) * 1000 - Date.now();
const now = () => Date.now() + ahead;
const follow = (response) => {
  ahead = Number(response.headers.get("Portal-Clock")) * 1000 - Date.now();
};

const clockText = (moment) => {
  const text = new Intl.DateTimeFormat("en-GB", { timeZone: me.dataset.zone, hour: "2-digit", minute: "2-digit" }).format(moment);
  return root.lang === "id" ? text.replace(":", ".") : text;
};

const FURTHEST = 12 * 60;
const duration = (minutes) => {
  const hours = Math.floor(minutes / 60);
  const words = !hours ? me.dataset.minutes : minutes % 60 ? me.dataset.both : me.dataset.hours;
  return words.replace("{h}", hours).replace("{m}", minutes % 60);
};
const tick = () => {
  let over = false;
  document.querySelectorAll("[data-until]").forEach((place) => {
    const minutes = Math.ceil((Number(place.dataset.until) * 1000 - now()) / 60000);
    over ||= minutes <= 0;
    place.textContent = minutes > 0 && minutes <= FURTHEST ? place.dataset.words.replace("{}", duration(minutes)) : "";
  });
  document.querySelectorAll("[data-clock]").forEach((place) => { place.textContent = clockText(now()); });
  return over;
};

/* What changed on the page that was fetched, put in the place of what is here: nothing else moves, and never
   what has the focus. */
const replaceParts = (page) => {
  let kept = false;
  document.querySelectorAll("[data-part]").forEach((part) => {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!fresh || fresh.innerHTML === part.innerHTML) return;
    if (part.contains(document.activeElement)) kept = true;
    else part.replaceWith(document.importNode(fresh, true));
  });
  return !kept;
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
const offline = document.querySelector("[data-offline]");
const announcements = (page) => [...page.querySelectorAll("[data-announcement]")].map((one) => one.textContent);

const compare = (page) => {
  const fresh = page.querySelector("[data-me]");
  if (!fresh) return;
  const released = fresh.dataset.release !== me.dataset.release;
  const known = announcements(document);
  const announced = announcements(page).some((words) => !known.includes(words));
  const said = news.querySelector(":scope > p [data-new]")?.dataset.new;
  if (released ? said !== "release" : announced) {
    unsay(news);
    say(news, (words) => words.querySelector(`[data-new="${released ? "announcement" : "release"}"]`).remove());
  }
  /* Under a new release the old page stays whole until it is asked for. */
  if (released || replaceParts(page)) me.dataset.state = fresh.dataset.state;
  tick();
};

let asking = false;
const poll = async () => {
  if (asking || document.hidden) return;
  asking = true;
  try {
    const response = await fetch(address, {
      headers: { "If-None-Match": `"${me.dataset.state}"` },
      cache: "no-store",
      redirect: "error", /* signed out elsewhere: the page stays as it is */
      signal: AbortSignal.timeout(20000),
    });
    if (!response.ok && response.status !== 304) return;
    follow(response);
    copied = now();
    unsay(offline);
    if (response.ok) compare(new DOMParser().parseFromString(await response.text(), "text/html"));
  } catch {
    if (!navigator.onLine || now() - copied > 3 * PERIOD) sayOffline();
  } finally {
    asking = false;
  }
};

let copied = now();
const sayOffline = () => say(offline, (words) => { words.querySelector("[data-copy]").textContent = clockText(copied); });

tick();
setInterval(() => { if (tick()) poll(); }, 15000);
setInterval(poll, PERIOD);
document.addEventListener("visibilitychange", () => { tick(); poll(); });
addEventListener("online", poll);
addEventListener("offline", sayOffline);
/* A page out of the browser's store may be old, and so may be the time it tells. */
const [visit] = performance.getEntriesByType("navigation");
if (visit && (visit.type === "back_forward" || visit.transferSize === 0)) poll();
addEventListener("pageshow", (event) => { if (event.persisted) poll(); });

/* On paper all days are open. */
addEventListener("beforeprint", () => document.querySelectorAll("details.fold").forEach((day) => { day.open = true; }));
