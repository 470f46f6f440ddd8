/* Saving without a network would end on the browser's own page and lose what was typed. So the portal is asked
   first: when it does not answer, the form stays as it is and says so. */
const ANSWER_WITHIN = 15000;

const isThere = async (address) => {
  if (!navigator.onLine) return false;
  try {
    const response = await fetch(address, {
      method: "HEAD",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    return response.ok;
  } catch {
    return false;
  }
};

document.querySelectorAll("[data-keeps]").forEach((box) => {
  const form = box.querySelector("form");
  const said = box.querySelector("[data-unsent]");
  let asking = false;
  let answered = false;

  form.addEventListener("submit", async (event) => {
    if (answered) return; /* the portal is there: the browser sends the form */
    event.preventDefault();
    if (asking) return;
    asking = true;
    said.querySelectorAll(":scope > p").forEach((words) => words.remove());
    answered = await isThere(box.dataset.keeps);
    asking = false;
    if (answered) {
      form.requestSubmit(event.submitter);
      answered = false;
      return;
    }
    said.append(said.querySelector("template").content.cloneNode(true));
    said.scrollIntoView({ block: "nearest" });
  });
});
