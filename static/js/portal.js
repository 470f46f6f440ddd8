/* Progressive enhancement only: every page works without this file. */
const root = document.documentElement;
const all = (query, each) => document.querySelectorAll(query).forEach(each);

/* Theme: the server answers the same form and sets the same cookie; here it happens at once. */
const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const showTheme = () => all("[name=theme][aria-pressed]", (button) => {
  button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme || "auto")));
});
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || button.name !== "theme") return;
  event.preventDefault();
  const theme = button.value === "toggle" ? (dark() ? "light" : "dark") : button.value;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `theme=${theme};path=/;max-age=${theme === "auto" ? 0 : 31536000};samesite=lax${secure}`;
  showTheme();
});

/* The clock: absolute moments are compared, so the zone of the device does not matter. */
const clock = document.querySelector("[data-clock-offset]");
const now = () => Math.floor(Date.now() / 1000) + (clock ? Number(clock.dataset.clockOffset) : 0);

const moveMarks = () => all("[data-from]", (row) => {
  const on = Number(row.dataset.from) <= now() && now() < Number(row.dataset.to) && !row.classList.contains("is-cancelled");
  const past = Number(row.dataset.to) <= now();
  row.classList.toggle("is-now", on);
  row.classList.toggle("is-past", past);
  const word = row.querySelector(".now-word");
  if (word) word.hidden = !on;
});

const text = (moment, options) => {
  const language = root.lang === "id" ? "id" : "en-GB";
  return new Intl.DateTimeFormat(language, { timeZone: clock.dataset.clockZone, ...options }).format(moment);
};
const moveClock = () => {
  if (!clock) return;
  const moment = new Date(now() * 1000);
  const day = text(moment, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  clock.querySelector("[data-clock-day]").textContent = root.lang === "id" ? day : day.replace(",", "");
  clock.querySelector("[data-clock-time]").textContent = text(moment, { hour: "2-digit", minute: "2-digit" });
};

const tick = () => { moveMarks(); moveClock(); };
showTheme();
tick();
setInterval(tick, 15000);
document.addEventListener("visibilitychange", tick);

/* The strip of days opens at the current day; print buttons print. */
all(".daynav [aria-current]", (day) => {
  const strip = day.closest("ol");
  strip.scrollLeft = day.offsetLeft - strip.clientWidth / 2 + 24;
});
all("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
