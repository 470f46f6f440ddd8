/* One badge after another: each code that the camera sees is a mark, kept and sent like a tap. */
import { isMeant } from "./asking.js";
import { marks } from "./marks-sender.js";
import { makeReader } from "./qr-reader.js";

const place = document.querySelector("[data-scan]");
const words = place.dataset;
const find = (name) => document.querySelector(`[data-scan-${name}]`);
const video = find("video");
const PAUSE = 150; /* milliseconds between two looks */
const AGAIN = 5000; /* the same badge counts once in this time */

let stream = null;
let isWanted = false; /* started by the person, and not stopped */
let seen = { code: "", at: 0 };
const lines = new Map(); /* the line of each code on the page */

const say = (code, text, kind) => {
  const line = lines.get(code) ?? document.createElement("li");
  lines.set(code, line);
  line.textContent = text;
  line.dataset.kind = kind;
  find("list").prepend(line);
  find("said").textContent = text;
};
const codeOf = (text) => /\/b\/([\w-]{10,22})\/?$/.exec(text)?.[1];
const read = (text) => {
  const isSame = text === seen.code && Date.now() - seen.at < AGAIN;
  seen = { code: text, at: Date.now() };
  if (isSame) return;
  const code = codeOf(text);
  if (!code) return say(text, words.noBadge, "refused");
  navigator.vibrate?.(60);
  say(code, words.sending, "waiting");
  marks.keep(words.scan, `b:${code}`, { state: "present" });
  marks.send(words.scan, `b:${code}`);
};

marks.listen(({ mark, told, refused, someone }) => {
  if (someone || mark.item !== words.scan || !mark.who.startsWith("b:")) return false;
  const code = mark.who.slice(2);
  if (told) {
    const [row] = Object.values(told.rows);
    say(code, told.later || `${told.name}: ${row.word}, ${row.said}`, told.later ? "refused" : "saved");
  } else if (refused?.ask) {
    say(code, refused.error ?? refused.ask, "refused");
    const yes = { guest: words.yesGuest, away: words.yesAway }[refused.field] ?? words.yesDay;
    isMeant(refused.ask, yes, words.no).then((isSo) => {
      if (!isSo) return;
      const { item, who, ...fields } = mark;
      marks.keep(item, who, { ...fields, [refused.field]: "yes" });
      marks.send(item, who);
    });
  } else if (refused) say(code, refused.error ?? words.noBadge, "refused");
  else say(code, words.unsent, "waiting");
  return true;
});

const stop = () => {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  video.srcObject = null;
  show();
};
const show = () => {
  video.hidden = !stream;
  find("start").hidden = Boolean(stream);
  find("stop").hidden = !stream;
};
const look = async (reader) => {
  if (!stream) return;
  try {
    if (video.videoWidth) {
      const text = await reader(video);
      if (text && stream) read(text);
    }
  } catch {
    /* one picture that could not be read; the next one may be */
  }
  setTimeout(look, PAUSE, reader);
};
let isStarting = false;
const start = async () => {
  if (stream || isStarting) return;
  isStarting = true;
  try {
    const [reader, found] = await Promise.all([
      makeReader(),
      navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } }),
    ]);
    stream = found;
    if (document.hidden || !isWanted) return stop();
    video.srcObject = stream;
    await video.play();
    show();
    find("said").textContent = words.ready;
    look(reader);
  } catch {
    isWanted = false;
    stop();
    find("said").textContent = words.noCamera;
  } finally {
    isStarting = false;
  }
};

if (navigator.mediaDevices?.getUserMedia) {
  find("start").hidden = false;
  find("start").addEventListener("click", () => {
    isWanted = true;
    start();
  });
  find("stop").addEventListener("click", () => {
    isWanted = false;
    stop();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stop();
    else if (isWanted) start();
  });
  addEventListener("pagehide", stop);
}
