// One conversation's messages.
import { renderBlock } from "./blocks.js";
import { made } from "./dom.js";
import { Form } from "./form.js";
import { Kept } from "./kept.js";
import { menuButton } from "./menus.js";
import { tab } from "./server.js";
import { send } from "./taps.js";
import { renderText } from "./text.js";

const box = document.getElementById("messages");
const kept = new Kept(box);
// By person and message: what was put into its inputs in this tab, and which of its sections are unfolded.
const drafts = new Map();

export function drawMessages({ id, messages }, state) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const entries = [];
  let day = "";
  for (const message of messages) {
    if (message.day !== day) {
      day = message.day;
      entries.push({ key: `day ${day} ${message.ts}`, content: day, make: () => made("p", "day", message.day) });
    }
    draftOf(message).form.keep(message.blocks);
    const content = JSON.stringify([message, state.shortcuts]);
    entries.push({ key: message.ts, content, make: () => messageBox(message, id, state) });
  }
  if (!messages.length) entries.push({ key: "empty", content: "", make: () => made("p", "empty", "Nothing here yet.") });
  if (kept.draw(entries)) toNewest();
  else if (atEnd) box.scrollTop = box.scrollHeight;
}

export function clearMessages() {
  kept.clear();
}

// The newest message from its beginning: one that is longer than the screen is read from the top.
export function toNewest() {
  const last = box.lastElementChild;
  box.scrollTop = last && last.offsetHeight > box.clientHeight ? last.offsetTop - box.offsetTop : box.scrollHeight;
}

// From here the next Tab reaches the newest message's own buttons.
export function focusNewest() {
  box.lastElementChild?.focus({ preventScroll: true });
}

function draftOf(message) {
  const key = `${tab.user} ${message.ts}`;
  if (!drafts.has(key)) drafts.set(key, { form: new Form(), unfolded: new Set() });
  return drafts.get(key);
}

function messageBox(message, channel, state) {
  const node = made("article", `message${message.bot ? " bot" : ""}${message.ephemeral ? " whisper" : ""}`);
  Object.assign(node, { id: `m${message.ts.replace(".", "")}`, tabIndex: -1 });
  node.dataset.area = "message";
  node.setAttribute("aria-label", `${message.name}, ${message.time}`);
  if (message.ephemeral) node.append(made("p", "only", "Only visible to you"));
  const avatar = made("span", "avatar", message.name.slice(0, 1));
  avatar.setAttribute("aria-hidden", "true");
  const body = made("div", "body");
  body.append(head(message), ...content(node, message, channel, state));
  node.append(avatar, body);
  // after the message's own buttons, which are what most people came for
  if (state.shortcuts.length && !message.ephemeral) node.append(shortcuts(message, channel, state));
  return node;
}

function head(message) {
  const line = made("p", "head");
  line.append(made("span", "from", message.name), " ");
  if (message.bot) line.append(made("span", "tag", "APP"), " ");
  line.append(made("span", "at", message.time));
  return line;
}

function content(node, message, channel, { names, people }) {
  if (!message.blocks.length) return [renderText(message.text, names, "p", "text")];
  const place = { channel, ts: message.ts };
  const { form, unfolded } = draftOf(message);
  const act = (block_id, action_id, value) => tap(node, { ...place, block_id, action_id, value, values: form.collect(message.blocks) });
  const here = { names, people, act, level: 2, form, unfolded, suggest: async () => [] };
  return message.blocks.map((block) => renderBlock(block, here));
}

function shortcuts(message, channel, state) {
  const choices = state.shortcuts.map(({ name, callback_id }) => ({
    text: name,
    go: () => send("shortcut", { channel, ts: message.ts, callback_id }),
  }));
  const menu = menuButton("More actions", choices);
  menu.classList.add("shortcuts");
  menu.querySelector("button").dataset.action = "shortcuts";
  return menu;
}

// The button keeps the focus while its tap is on the way; when it is gone afterwards, its message has it.
async function tap(node, body) {
  node.setAttribute("aria-busy", "true");
  await send("tap", body);
  node.removeAttribute("aria-busy");
}
