/* A large photo is made smaller here, before it travels over a weak network. Without this file, or where the browser
   cannot read the picture, it is sent as it is. */
const LARGE = 1024 * 1024;
const LONGEST = 1600;
const QUALITY = 0.85;

/* The picture upright (the browser turns it as the camera says), on white, as a JPEG file. */
const smaller = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
};

const size = (bytes) => {
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${number.format(Math.max(0.1, bytes / LARGE))} MB`;
};

document.querySelectorAll("[data-photo]").forEach((box) => {
  const field = box.querySelector("input[type=file]");
  const said = box.querySelector("[role=status]");
  let work = null;

  const shrink = async (file) => {
    said.textContent = said.dataset.working;
    try {
      const made = await smaller(file);
      if (field.files[0] !== file) return; /* another one was chosen meanwhile */
      const chosen = new DataTransfer();
      chosen.items.add(made.size < file.size ? made : file);
      field.files = chosen.files;
      said.textContent = said.dataset.done
        .replace("{now}", size(field.files[0].size))
        .replace("{before}", size(file.size));
    } catch {
      said.textContent = ""; /* the server says what is wrong with it */
    }
  };

  field.addEventListener("change", () => {
    said.textContent = "";
    const [file] = field.files;
    const own = file && file.size > LARGE ? shrink(file).then(() => own === work && (work = null)) : null;
    work = own;
  });
  /* Who saves meanwhile does not have to press again. */
  field.form.addEventListener(
    "submit",
    async (event) => {
      if (!work) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      while (work) await work;
      field.form.requestSubmit(event.submitter);
    },
    { capture: true },
  );
  document.addEventListener("submit", (event) => {
    if (event.target === field.form && field.files.length && !event.defaultPrevented) {
      said.textContent = said.dataset.sending;
    }
  });
});
