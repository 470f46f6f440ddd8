/* Publishing a part: each tick is judged at once. The server answers the same page that "Look again" shows; what it
   says of the choice takes the place of what stands here. What was typed and the focus stay. */
const form = document.getElementById("publishing");
const look = document.querySelector("[data-look]");
let asked = null;

const typed = () => [...form.querySelectorAll("input:not([type=hidden]), textarea")];

const take = (page) => {
  const old = new Map(typed().map((field) => [field.name, field]));
  document.querySelectorAll("[data-judged]").forEach((part) => {
    const judged = page.getElementById(part.id);
    if (judged) part.replaceWith(document.adoptNode(judged));
  });
  typed().forEach((field) => {
    const before = old.get(field.name);
    if (!before) return;
    field.value = before.value;
    field.checked = before.checked;
  });
};

const judge = async () => {
  asked?.abort();
  const asking = (asked = new AbortController());
  const sent = new FormData(form);
  sent.set("look", "1");
  document.body.dataset.judging = "";
  try {
    const response = await fetch(location.href, { method: "POST", body: sent, signal: asking.signal });
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (asked === asking) take(page);
  } catch {
    /* No network: "Look again" is there, and publishing looks first in any case. */
    if (asked === asking) look.hidden = false;
  } finally {
    if (asked === asking) delete document.body.dataset.judging;
  }
};

if (form && look) {
  look.hidden = true;
  document.addEventListener("change", (event) => {
    if (event.target.name === "part") judge();
  });
}
