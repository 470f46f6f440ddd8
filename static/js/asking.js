/* One question at a time, in the page's own window: whether `text` is meant. Answers true or false. */
const dialog = document.querySelector("[data-asking]");
const find = (name) => dialog.querySelector(`[data-asking-${name}]`);

export const isMeant = (text, yes, no) =>
  new Promise((answer) => {
    if (dialog.open) return answer(false);
    find("said").textContent = text;
    find("yes").textContent = yes;
    find("no").textContent = no;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
