/* A button that copies what stands in a field. Without it the field is selected and copied by hand. */
document.querySelectorAll("[data-copies]").forEach((button) => {
  const field = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = said.dataset.copied;
    } catch {
      /* no permission, or a page without https: it is ready to be copied by hand */
      field.focus();
      field.select();
      said.textContent = said.dataset.refused;
    }
  });
});
