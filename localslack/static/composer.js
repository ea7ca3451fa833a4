// The message box, and what it offers while one types.
import { toNewest } from "./messages.js";
import { made } from "./dom.js";
import { post, tab } from "./server.js";
import { suggestionsFor } from "./suggest.js";

const text = document.getElementById("composer-text");
const list = document.getElementById("suggestions");
let offered = [];
let chosen = -1;
let arrowed = false;

function offer() {
  arrowed = false;
  offered = tab.state ? suggestionsFor(text.value, tab.state) : [];
  chosen = offered.length ? 0 : -1;
  list.replaceChildren(...offered.map((entry, index) => {
    const item = made("li", "", entry.label);
    item.id = `suggestion-${index}`;
    item.setAttribute("role", "option");
    if (entry.note) item.append(made("small", "", entry.note));
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(index);
    });
    return item;
  }));
  mark();
}

function mark() {
  list.hidden = !offered.length;
  text.setAttribute("aria-expanded", String(!!offered.length));
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
  if (chosen >= 0) text.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
  else text.removeAttribute("aria-activedescendant");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

function take(index) {
  text.value = offered[index].value;
  text.focus();
  offer();
}

function steer(event) {
  if (!offered.length) return;
  const unfinished = offered[chosen].value.trim() !== text.value.trim() && (arrowed || !offered[chosen].loose);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
    arrowed = true;
    mark();
  } else if ((event.key === "Tab" && !event.shiftKey) || (event.key === "Enter" && unfinished)) {
    take(chosen);
  } else if (event.key === "Escape") {
    offered = [];
    mark();
  } else {
    return;
  }
  event.preventDefault();
}

async function send(event) {
  event.preventDefault();
  const typed = text.value.trim();
  if (!typed) return;
  text.value = "";
  offer();
  await post("send", { channel: tab.state.channels[tab.place].id, text: typed });
  toNewest();
}

export function startComposer() {
  text.addEventListener("input", offer);
  text.addEventListener("keydown", steer);
  text.addEventListener("blur", () => { offered = []; mark(); });
  document.getElementById("composer").addEventListener("submit", send);
}
