/* A button that hands what stands in a field to the device's own sheet of apps, where there is one. */
document.querySelectorAll("[data-shares]").forEach((button) => {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.share({ text: document.getElementById(button.dataset.shares).value });
    } catch {
      /* closed without a choice: the text still stands there */
    }
  });
});
