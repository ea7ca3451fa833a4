// A button that opens a menu: the overflow element, and a message's "More actions".
import { made, textButton } from "./dom.js";

export function menuButton(label, choices, describedBy = "") {
  const box = made("div", "overflow");
  const opener = textButton("⋯");
  opener.setAttribute("aria-label", label);
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  if (describedBy) opener.setAttribute("aria-describedby", describedBy);
  opener.addEventListener("click", () => (box.querySelector(".menu") ? close(box, opener) : open(box, opener, label, choices)));
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || box.querySelector(".menu")) return;
    event.preventDefault();
    open(box, opener, label, choices);
  });
  box.append(opener);
  return box;
}

function close(box, opener) {
  box.querySelector(".menu")?.remove();
  opener.setAttribute("aria-expanded", "false");
}

function open(box, opener, label, choices) {
  const menu = made("ul", "menu");
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", label);
  menu.append(...choices.map((choice) => item(choice, () => { close(box, opener); opener.focus(); choice.go(); })));
  menu.addEventListener("keydown", (event) => steer(event, menu, () => { close(box, opener); opener.focus(); }));
  // afterwards, since a message that is drawn anew takes the focus away while it is being replaced
  menu.addEventListener("focusout", () => setTimeout(() => { if (!box.contains(document.activeElement)) close(box, opener); }));
  box.append(menu);
  opener.setAttribute("aria-expanded", "true");
  fit(menu);
  menu.querySelector("button").focus();
}

function item(choice, go) {
  const row = made("li");
  row.setAttribute("role", "none");
  const button = textButton(choice.text);
  button.setAttribute("role", "menuitem");
  button.tabIndex = -1;
  button.addEventListener("click", go);
  row.append(button);
  return row;
}

function steer(event, menu, leave) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Escape") leave();
  else if (to !== undefined) items[to].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// Above its button unless there is no room, and never past the left edge.
function fit(menu) {
  const room = (menu.closest("[data-room]") || document.body).getBoundingClientRect();
  if (menu.getBoundingClientRect().top < room.top) menu.classList.add("below");
  if (menu.getBoundingClientRect().left < room.left) menu.classList.add("rightwards");
}
