/* The board's script: it improves a page that works without it. */
import "./drag.js";
import "./keys.js";
import "./slots.js";
import { show } from "./bar.js";
import { bd } from "./places.js";

bd.classList.add("is-live");
document.querySelectorAll("[data-live]").forEach((part) => (part.hidden = false));
show();
