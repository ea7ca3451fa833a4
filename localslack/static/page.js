// The page of the local Slack. It draws what the server says one person sees, and sends what they do.
import { startComposer } from "./composer.js";
import { made } from "./dom.js";
import { drawHome, drawTabs, openHome, startTabs } from "./home.js";
import { clearMessages, drawMessages, focusNewest, toNewest } from "./messages.js";
import { drawModal, startModal } from "./modal.js";
import { complain, listen, onState, post, refresh, remember, tab } from "./server.js";

const $ = (id) => document.getElementById(id);
let moved = false;

function draw(state) {
  const channel = state.channels[tab.place];
  drawPeople(state.people);
  drawPlaces(state.channels);
  drawClock(state);
  $("title").textContent = channel.dm ? channel.name : `# ${channel.name}`;
  document.title = `${channel.dm ? channel.name : `# ${channel.name}`} as ${state.names[state.me.id]}, on a local Slack`;
  const tabbed = channel.dm && state.has_home;
  drawTabs(tabbed);
  if (tabbed && tab.home) drawHome(state);
  drawMessages(channel, state);
  drawModal(state);
}

function drawPeople(people) {
  for (const button of document.querySelectorAll(".person")) {
    const person = people.find((p) => p.id === button.dataset.user);
    button.setAttribute("aria-pressed", String(person.id === tab.user));
    button.querySelector("[data-time]").textContent = person.time;
  }
}

function drawPlaces(channels) {
  channels.forEach((channel, index) => {
    const button = $("places").children[index] || newPlace(index);
    button.textContent = channel.dm ? channel.name : `# ${channel.name}`;
    if (index === tab.place) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  });
}

function newPlace(index) {
  const button = made("button", "place");
  button.type = "button";
  button.addEventListener("click", () => show(tab.user, index));
  $("places").append(button);
  return button;
}

function drawClock({ clock, connected }) {
  $("clock-time").textContent = clock.time;
  $("clock-day").textContent = clock.day;
  $("clock-note").textContent = !connected ? "The bot isn't connected." : clock.moving ? "Moving on…" : moved ? `It is now ${clock.time}.` : "";
  for (const button of document.querySelectorAll("[data-move]")) button.setAttribute("aria-disabled", String(clock.moving));
}

async function show(user, place) {
  Object.assign(tab, { user, place });
  remember();
  clearMessages();
  complain("");
  await refresh();
  toNewest();
  if (tab.home && tab.state?.has_home && tab.state.channels[place].dm) await openHome();
}

function moveClock(button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  moved = true;
  post("clock", { how: button.dataset.move });
}

onState(draw);
startComposer();
startTabs(() => draw(tab.state));
startModal();
$("to-newest").addEventListener("click", (event) => {
  event.preventDefault();
  focusNewest();
});
for (const button of document.querySelectorAll(".person")) {
  button.addEventListener("click", async () => {
    tab.home = false;
    await show(button.dataset.user, 0);
    focusNewest();
  });
}
for (const button of document.querySelectorAll("[data-move]")) button.addEventListener("click", () => moveClock(button));
document.addEventListener("visibilitychange", () => { listen(); if (!document.hidden) refresh(); });
listen();
setInterval(() => { if (!document.hidden) refresh(); }, 20000);
await show(tab.user, tab.place);
