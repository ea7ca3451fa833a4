// The page of the local Slack. It draws what the server says one person sees, and sends what they do.
import { renderBlocks, renderText } from "./blocks.js";
import { suggestionsFor } from "./suggest.js";

const $ = (id) => document.getElementById(id);
const now = { user: localStorage.getItem("user") || document.body.dataset.first, place: 0, state: null, drawn: new Map() };

async function post(action, body) {
  complain("");
  try {
    const answer = await fetch(`/page/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user: now.user, ...body }),
    });
    complain((await answer.json()).complaint);
  } catch {
    complain("The local Slack doesn't answer. Is it still running?");
  }
  await refresh();
}

function complain(text) {
  $("complaint").textContent = text || "";
  $("complaint").hidden = !text;
}

async function refresh() {
  const answer = await fetch(`/page/state?user=${now.user}`);
  if (!answer.ok) {
    now.user = document.body.dataset.first;
    return;
  }
  const state = await answer.json();
  // answers overtake each other: an older one, or one about somebody else, isn't drawn over a newer
  if (state.me.id !== now.user || (now.state?.me.id === now.user && state.version < now.state.version)) return;
  now.state = state;
  draw();
}

function draw() {
  const { people, channels, clock, connected } = now.state;
  for (const button of document.querySelectorAll(".person")) {
    const person = people.find((p) => p.id === button.dataset.user);
    button.setAttribute("aria-pressed", String(person.id === now.user));
    button.querySelector("[data-time]").textContent = person.time;
  }
  drawPlaces(channels);
  $("clock-time").textContent = clock.time;
  $("clock-day").textContent = clock.day;
  $("clock-note").textContent = !connected ? "The bot isn't connected." : clock.moving ? "Moving on…" : now.moved ? `It is now ${clock.time}.` : "";
  for (const button of document.querySelectorAll("[data-move]")) button.setAttribute("aria-disabled", String(clock.moving));
  $("title").textContent = channels[now.place].dm ? "Missing Link" : `# ${channels[now.place].name}`;
  drawMessages(channels[now.place].messages);
}

function drawPlaces(channels) {
  channels.forEach((channel, index) => {
    let button = $("places").children[index];
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.className = "place";
      button.addEventListener("click", () => show(now.user, index));
      $("places").append(button);
    }
    button.textContent = channel.dm ? channel.name : `# ${channel.name}`;
    if (index === now.place) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  });
}

// Only what changed is drawn anew, so that a menu that is open, or a button with the focus, stays where it is.
function drawMessages(messages) {
  const box = $("messages");
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const seen = new Set();
  let day = "";
  let added = false;
  for (const message of messages) {
    if (message.day !== day) {
      day = message.day;
      place(box, seen, `day ${day} ${message.ts}`, day, () => dayLine(day));
    }
    added = place(box, seen, message.ts, JSON.stringify(message), () => messageBox(message)) || added;
  }
  for (const [key, entry] of now.drawn) {
    if (!seen.has(key)) {
      entry.node.remove();
      now.drawn.delete(key);
    }
  }
  box.querySelector(".empty")?.remove();
  if (!messages.length) box.append(element("p", "empty", "Nothing here yet."));
  if (added) toNewest(box);
  else if (atEnd) box.scrollTop = box.scrollHeight;
}

// The newest message from its beginning: one that is longer than the screen is read from the top.
function toNewest(box) {
  const last = box.lastElementChild;
  box.scrollTop = last && last.offsetHeight > box.clientHeight ? last.offsetTop - box.offsetTop : box.scrollHeight;
}

function place(box, seen, key, content, make) {
  seen.add(key);
  const known = now.drawn.get(key);
  if (known?.content === content) {
    return false;
  }
  const node = make();
  const hadFocus = known?.node.contains(document.activeElement);
  if (known) known.node.replaceWith(node);
  else box.append(node);
  now.drawn.set(key, { node, content });
  if (hadFocus) node.focus({ preventScroll: true });
  return !known;
}

function dayLine(day) {
  return element("p", "day", day);
}

function messageBox(message) {
  const box = element("article", `message${message.bot ? " bot" : ""}${message.ephemeral ? " whisper" : ""}`);
  box.id = `m${message.ts.replace(".", "")}`;
  box.tabIndex = -1;
  box.setAttribute("aria-label", `${message.name}, ${message.time}`);
  if (message.ephemeral) box.append(element("p", "only", "Only visible to you"));
  const avatar = element("span", "avatar", message.name.slice(0, 1));
  avatar.setAttribute("aria-hidden", "true");
  const body = element("div", "body");
  const head = element("p", "head");
  head.append(element("span", "from", message.name), " ");
  if (message.bot) head.append(element("span", "tag", "APP"), " ");
  head.append(element("span", "at", message.time));
  body.append(head);
  const act = (block_id, action_id, value) => tap(box, message, block_id, action_id, value);
  if (message.blocks.length) body.append(...renderBlocks(message.blocks, now.state.names, act));
  else body.append(renderText(message.text, now.state.names, "p", "text"));
  box.append(avatar, body);
  return box;
}

async function tap(box, message, block_id, action_id, value) {
  // the message keeps the focus while its buttons can't have it, and hands it on when it is drawn anew
  if (box.contains(document.activeElement)) box.focus({ preventScroll: true });
  const buttons = box.querySelectorAll("button, select, input");
  for (const button of buttons) button.disabled = true;
  const channel = now.state.channels[now.place].id;
  await post("tap", { channel, ts: message.ts, block_id, action_id, value });
  for (const button of buttons) button.disabled = false;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

// From here the next Tab reaches the newest message's own buttons.
function focusNewest() {
  $("messages").lastElementChild?.focus({ preventScroll: true });
}

$("to-newest").addEventListener("click", (event) => {
  event.preventDefault();
  focusNewest();
});

async function show(user, index) {
  now.user = user;
  now.place = index;
  localStorage.setItem("user", user);
  now.drawn.clear();
  $("messages").replaceChildren();
  complain("");
  await refresh();
  toNewest($("messages"));
}

// --- the message box and its suggestions ---
const text = $("composer-text");
const list = $("suggestions");
let offered = [];
let chosen = -1;
let arrowed = false;

function offer() {
  arrowed = false;
  offered = now.state ? suggestionsFor(text.value, now.state) : [];
  chosen = offered.length ? 0 : -1;
  list.replaceChildren(...offered.map((entry, index) => {
    const item = element("li", "", entry.label);
    item.id = `suggestion-${index}`;
    item.setAttribute("role", "option");
    if (entry.note) item.append(element("small", "", entry.note));
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

text.addEventListener("input", offer);
text.addEventListener("keydown", (event) => {
  if (!offered.length) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
    arrowed = true;
    mark();
  } else if (event.key === "Tab" || (event.key === "Enter" && offered[chosen].value.trim() !== text.value.trim() && (arrowed || !offered[chosen].loose))) {
    take(chosen);
  } else if (event.key === "Escape") {
    offered = [];
    mark();
  } else {
    return;
  }
  event.preventDefault();
});
text.addEventListener("blur", () => { offered = []; mark(); });

$("composer").addEventListener("submit", async (event) => {
  event.preventDefault();
  const typed = text.value.trim();
  if (!typed) return;
  text.value = "";
  offer();
  await post("send", { channel: now.state.channels[now.place].id, text: typed });
  toNewest($("messages"));
});

// --- people, clock, live updates ---
for (const button of document.querySelectorAll(".person")) {
  button.addEventListener("click", async () => {
    await show(button.dataset.user, 0);
    focusNewest();
  });
}
for (const button of document.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    now.moved = true;
    post("clock", { how: button.dataset.move });
  });
}
const events = new EventSource("/page/events");
events.addEventListener("message", refresh);
events.addEventListener("error", () => complain("The local Slack doesn't answer. Is it still running?"));
events.addEventListener("open", () => complain(""));
setInterval(refresh, 20000);
await show(now.user, 0);
