// The app's two tabs, and what it has published in the first of them.
import { blockEntries } from "./blocks.js";
import { made } from "./dom.js";
import { Form } from "./form.js";
import { Kept } from "./kept.js";
import { post, remember, tab } from "./server.js";
import { placeOf } from "./taps.js";

const bar = document.getElementById("tabs");
const tabs = { home: document.getElementById("tab-home"), messages: document.getElementById("tab-messages") };
const panels = { home: document.getElementById("home-panel"), messages: document.getElementById("messages-panel") };
const kept = new Kept(document.getElementById("home"));
let open = { view: null, form: new Form() };

export function drawTabs(tabbed) {
  const home = tabbed && tab.home;
  bar.hidden = !tabbed;
  for (const [name, chosen] of [["home", home], ["messages", !home]]) {
    tabs[name].setAttribute("aria-selected", String(chosen));
    tabs[name].tabIndex = chosen ? 0 : -1;
    panels[name].hidden = !chosen;
  }
  // Home has no message box
  for (const id of ["composer", "to-composer", "to-newest"]) document.getElementById(id).hidden = home;
  // without tabs there is no panel
  for (const [attribute, value] of [["role", "tabpanel"], ["aria-labelledby", "tab-messages"]]) {
    if (tabbed) panels.messages.setAttribute(attribute, value);
    else panels.messages.removeAttribute(attribute);
  }
}

export function drawHome(state) {
  const view = state.home;
  if (view?.id !== open.view?.id) {
    open = { view, form: new Form(view?.state?.values) };
    kept.clear();
  }
  open.view = view;
  if (!view) return kept.draw([{ key: "empty", content: "", make: () => made("p", "empty", "Nothing here yet.") }]);
  return kept.draw(blockEntries(view.blocks, placeOf(open, state, { level: 2 })));
}

export function openHome() {
  return post("home", {});
}

function choose(name, redraw) {
  tab.home = name === "home";
  remember();
  redraw();
  tabs[name].focus();
  return tab.home ? openHome() : undefined;
}

export function startTabs(redraw) {
  for (const name of Object.keys(tabs)) tabs[name].addEventListener("click", () => choose(name, redraw));
  bar.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: tab.home ? "messages" : "home", ArrowRight: tab.home ? "messages" : "home", Home: "home", End: "messages" }[event.key];
    if (!to) return;
    event.preventDefault();
    if ((to === "home") !== tab.home) choose(to, redraw);
  });
}
