// external_select: one types, the app suggests, one of its options is taken.
import { describe, fresh, made } from "./dom.js";

const WAIT_MS = 150;

export function combobox(field) {
  const box = made("div", "combobox");
  const input = made("input");
  const list = made("ul", "options");
  const said = made("p", "visually-hidden");
  list.id = fresh("options");
  list.hidden = true;
  list.setAttribute("role", "listbox");
  if (field.labelledBy) list.setAttribute("aria-labelledby", field.labelledBy);
  else list.setAttribute("aria-label", "Options");
  said.setAttribute("role", "status");
  Object.assign(input, { type: "text", autocomplete: "off", value: labelOf(field), placeholder: field.element.placeholder?.text || "" });
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
  describe(input, field);
  box.append(input, list, said);
  steer(field, { input, list, said, options: [], at: -1, asked: 0 });
  return box;
}

function labelOf(field) {
  if (field.value === null || field.value === undefined) return "";
  const known = [field.element.initial_option, field.here.form.entered?.[field.block]?.[field.element.action_id]?.selected_option];
  const option = known.find((one) => one?.value === field.value);
  return field.here.form.labels.get(field.value) ?? option?.text.text ?? field.value;
}

function steer(field, state) {
  const { input } = state;
  let timer = 0;
  const ask = () => { clearTimeout(timer); timer = setTimeout(() => look(field, state), WAIT_MS); };
  input.addEventListener("input", () => {
    field.put(null);
    ask();
  });
  // what is chosen stands selected, to be typed over
  input.addEventListener("click", () => {
    if (chosen(field) !== null) input.select();
    else if (state.list.hidden) ask();
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    state.asked += 1;
    shut(state);
    // what was typed and not chosen is nothing
    input.value = labelOf({ ...field, value: chosen(field) });
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (state.list.hidden) ask();
      else move(state, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && state.at >= 0) take(field, state, state.options[state.at]);
    else if (event.key === "Escape" && !state.list.hidden) shut(state);
    // Enter in an open list is a choice, not the form's submit
    else if (event.key !== "Enter" || state.list.hidden) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function chosen(field) {
  return field.here.form.get(field.block, field.element);
}

async function look(field, state) {
  const typed = state.input.value;
  if (typed.length < (field.element.min_query_length ?? 3)) return shut(state);
  state.asked += 1;
  const asked = state.asked;
  const options = await field.here.suggest(field.block, field.element.action_id, typed);
  // an answer that was overtaken isn't shown
  if (asked !== state.asked || document.activeElement !== state.input) return;
  show(field, state, options);
}

function show(field, state, options) {
  Object.assign(state, { options, at: options.length ? 0 : -1 });
  state.list.replaceChildren(...options.map((option) => {
    const item = made("li", "", option.text.text);
    item.id = fresh("option");
    item.setAttribute("role", "option");
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(field, state, option);
    });
    return item;
  }));
  state.list.hidden = !options.length;
  state.said.textContent = options.length ? `${options.length} found` : "Nothing found";
  state.said.classList.toggle("visually-hidden", options.length > 0);
  state.input.setAttribute("aria-expanded", String(!state.list.hidden));
  move(state, 0);
}

function move(state, by) {
  const { list, input, options } = state;
  state.at = options.length ? (state.at + by + options.length) % options.length : -1;
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === state.at)));
  const item = list.children[state.at];
  if (item) input.setAttribute("aria-activedescendant", item.id);
  item?.scrollIntoView({ block: "nearest" });
}

function take(field, state, option) {
  state.input.value = option.text.text;
  field.here.form.labels.set(option.value, option.text.text);
  field.put(option.value);
  state.asked += 1;
  shut(state);
  field.act(option.value);
}

function shut(state) {
  Object.assign(state, { options: [], at: -1 });
  state.list.hidden = true;
  state.list.replaceChildren();
  state.said.textContent = "";
  state.input.setAttribute("aria-expanded", "false");
  state.input.removeAttribute("aria-activedescendant");
}
