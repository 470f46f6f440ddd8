/* The signed list: numbers go on being typed while the last one is on its way. Without this file each number
   loads the page again. */
const form = document.querySelector("[data-entry]");
const live = document.querySelector("[data-live]");

const replaceParts = (page) =>
  document.querySelectorAll("[data-part]").forEach((part) => {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (fresh) part.replaceWith(document.importNode(fresh, true));
  });

const send = async (numbers) => {
  const fields = new URLSearchParams(new FormData(form));
  fields.set("numbers", numbers);
  const response = await fetch(form.action, { method: "POST", body: fields, signal: AbortSignal.timeout(20000) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok || !page.querySelector("[data-entry]")) throw new Error("no answer from the page");
  replaceParts(page);
  live.className = "vh";
  const error = document.querySelector("[data-part=errors] .invalid-feedback");
  live.textContent = (error || document.querySelector("[data-part=said]")).textContent;
  if (error && !form.elements.numbers.value) form.elements.numbers.value = numbers;
};

let queue = Promise.resolve();
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const numbers = form.elements.numbers.value.trim();
  form.elements.numbers.value = "";
  form.elements.numbers.focus();
  if (!numbers) return;
  queue = queue
    .then(() => send(numbers))
    .catch(() => {
      form.elements.numbers.value = `${numbers} ${form.elements.numbers.value}`.trim();
      live.textContent = form.dataset.failed;
      live.className = "invalid-feedback";
    });
});
