// Modals: the top one of a person's stack in a dialog. What was typed in each stays until it is closed.
import { blockEntries } from "./blocks.js";
import { mark, restore } from "./focus.js";
import { Form } from "./form.js";
import { Kept } from "./kept.js";
import { tab } from "./server.js";
import { placeOf, send } from "./taps.js";

const $ = (id) => document.getElementById(id);
const FIELDS = "input, select, textarea";
const REACHABLE = `${FIELDS}, button, a[href]`;
const dialog = $("modal");
const kept = new Kept($("modal-blocks"));
const opened = new Map();
let shown = null;
let behind = null;

export function drawModal(state) {
  const ids = state.modals.map(({ view }) => view.id);
  for (const id of opened.keys()) if (!ids.includes(id)) opened.delete(id);
  const top = state.modals.at(-1);
  if (!top) return close();
  const arrived = top.view.id !== shown?.view.id;
  if (arrived) change(top.view);
  shown.view = top.view;
  words(top.view);
  kept.draw(blockEntries(top.view.blocks, placeOf(shown, state, { level: 3, errors: top.errors })));
  // a text that one can only read is scrolled with the keyboard too
  $("modal-blocks").tabIndex = $("modal-blocks").querySelector(REACHABLE) ? -1 : 0;
  if (arrived) arrive(top.view);
}

function change(view) {
  if (shown) shown.left = mark();
  if (!opened.has(view.id)) opened.set(view.id, { view, form: new Form(view.state?.values), left: null });
  shown = opened.get(view.id);
  kept.clear();
  $("modal-complaint").hidden = true;
  if (dialog.open) return;
  behind = mark();
  dialog.showModal();
}

function words(view) {
  $("modal-title").textContent = view.title.text;
  $("modal-close").textContent = view.close?.text || (view.submit ? "Cancel" : "Close");
  $("modal-submit").textContent = view.submit?.text || "Submit";
  $("modal-submit").hidden = !view.submit;
}

// The focus goes where one left off, to the first field of a form, or to the title of a text.
function arrive(view) {
  $("modal-blocks").scrollTop = 0;
  const wanted = view.blocks.find((block) => block.element?.focus_on_load)?.block_id;
  const block = wanted && [...$("modal-blocks").children].find((node) => node.dataset.block === wanted);
  const first = (block || $("modal-blocks")).querySelector(FIELDS);
  if (shown.left) restore(shown.left);
  else if (first && view.submit) first.focus();
  else $("modal-title").focus();
}

function close() {
  if (!dialog.open) return;
  dialog.close();
  shown = null;
  kept.clear();
  if (behind) restore(behind);
}

async function submit(event) {
  event.preventDefault();
  const { view, form } = shown;
  if (!view.submit) return;
  dialog.setAttribute("aria-busy", "true");
  await send("submit", { view_id: view.id, values: form.collect(view.blocks) });
  dialog.removeAttribute("aria-busy");
  if (shown?.view.id === view.id && Object.keys(tab.state.modals.at(-1)?.errors || {}).length) toFirstError();
}

function toFirstError() {
  const block = $("modal-blocks").querySelector("[data-block]:has(.error-line)");
  block?.querySelector(FIELDS)?.focus();
}

function leave() {
  if (shown) send("close", { view_id: shown.view.id });
}

// Tab stays within the dialog: after the last comes the first.
function trap(event) {
  if (event.key !== "Tab") return;
  const stops = [...dialog.querySelectorAll(`${REACHABLE}, [tabindex="0"]`)].filter((n) => n.tabIndex >= 0 && n.getClientRects().length);
  const [first, last] = [stops[0], stops.at(-1)];
  const [edge, other] = event.shiftKey ? [first, last] : [last, first];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  other.focus();
}

export function startModal() {
  $("modal-form").addEventListener("submit", submit);
  $("modal-close").addEventListener("click", leave);
  dialog.addEventListener("keydown", trap);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
}
