// What this tab asks of the local Slack: the state of one person's page, and what the person does.
const listeners = [];

// Who is looking at what, in this tab alone; a new tab begins with the last person.
export const tab = {
  user: sessionStorage.getItem("user") || localStorage.getItem("user") || document.body.dataset.first,
  place: Number(sessionStorage.getItem("place") || 0),
  home: sessionStorage.getItem("home") === "yes",
  state: null,
};

export function remember() {
  sessionStorage.setItem("user", tab.user);
  sessionStorage.setItem("place", String(tab.place));
  sessionStorage.setItem("home", tab.home ? "yes" : "no");
  localStorage.setItem("user", tab.user);
}

export function onState(draw) {
  listeners.push(draw);
}

// Does something; what the server answered, once the page shows what came of it.
export async function post(action, body) {
  complain("");
  const answer = await ask(action, body);
  complain(answer.complaint);
  await refresh();
  return answer;
}

export async function ask(action, body) {
  try {
    const answer = await fetch(`/page/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ user: tab.user, ...body }),
    });
    return await answer.json();
  } catch {
    return { complaint: "The local Slack doesn't answer. Is it still running?" };
  }
}

export async function suggest(body) {
  const answer = await ask("suggest", body);
  if (answer.complaint) complain(answer.complaint);
  return answer.options || [];
}

// Said where the person is: in the open dialog, else above the message box.
export function complain(text) {
  const inside = document.getElementById("modal").open;
  for (const [id, here] of [["complaint", !inside], ["modal-complaint", inside]]) {
    const line = document.getElementById(id);
    line.textContent = (here && text) || "";
    line.hidden = !line.textContent;
  }
}

export async function refresh() {
  const answer = await fetch(`/page/state?user=${encodeURIComponent(tab.user)}`).catch(() => null);
  if (!answer) return complain("The local Slack doesn't answer. Is it still running?");
  if (!answer.ok) {
    // somebody of another workspace, remembered by this browser
    if (tab.user === document.body.dataset.first) return;
    tab.user = document.body.dataset.first;
    return refresh();
  }
  const state = await answer.json();
  // answers overtake each other: an older one, or one about somebody else, isn't drawn over a newer
  if (state.me.id !== tab.user || (tab.state?.me.id === tab.user && state.version < tab.state.version)) return;
  tab.state = state;
  for (const draw of listeners) draw(state);
}

// Live while somebody looks: a browser opens only a handful of connections to one server for all of its tabs.
let events = null;

export function listen() {
  if (document.hidden) {
    events?.close();
    events = null;
  } else if (!events) {
    events = new EventSource("/page/events");
    events.addEventListener("message", refresh);
    events.addEventListener("error", () => complain("The local Slack doesn't answer. Is it still running?"));
    events.addEventListener("open", () => complain(""));
  }
}
