// The inputs of Block Kit. Each is drawn from a field: its element and value, `put` what was put in, `act` where that counts at once.
import { combobox } from "./combobox.js";
import { describe, fresh, made } from "./dom.js";

export const DRAW_INPUT = {
  static_select: select,
  external_select: combobox,
  radio_buttons: (field) => choices(field, "radio", field.element.options),
  checkboxes: (field) => choices(field, "checkbox", field.element.options),
  multi_static_select: (field) => choices(field, "checkbox", field.element.options),
  users_select: (field) => choices(field, "radio", people(field)),
  multi_users_select: (field) => choices(field, "checkbox", people(field)),
  datepicker: (field) => moment(field, "date"),
  timepicker: (field) => moment(field, "time"),
  plain_text_input: text,
  rich_text_input: text,
};

function select(field) {
  const { element } = field;
  const node = made("select");
  describe(node, field);
  const groups = element.option_groups || [{ options: element.options }];
  node.append(nothing(element.placeholder?.text || "Choose"), ...groups.flatMap(group));
  node.value = field.value ?? "";
  node.addEventListener("change", () => { field.put(node.value); field.act(node.value); });
  // where a choice acts at once, the arrows open the list instead of choosing the next entry
  if (field.acts) node.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !node.showPicker) return;
    event.preventDefault();
    node.showPicker();
  });
  return node;
}

function nothing(label) {
  const first = new Option(label, "", true, true);
  first.disabled = true;
  return first;
}

function group({ label, options }) {
  const made = options.map((option) => new Option(option.text.text, option.value));
  if (!label) return made;
  const node = document.createElement("optgroup");
  node.label = label.text;
  node.append(...made);
  return [node];
}

// The people of the workspace, and whoever was chosen before and isn't shown.
function people(field) {
  const chosen = [field.value || []].flat();
  const known = field.here.people.map((person) => ({ value: person.id, text: { text: person.name }, description: { text: person.title } }));
  const others = chosen.filter((id) => !known.some((k) => k.value === id));
  return [...known, ...others.map((id) => ({ value: id, text: { text: field.here.names[id] || id } }))];
}

function choices(field, kind, options) {
  const set = made("div", "choices");
  set.setAttribute("role", kind === "radio" ? "radiogroup" : "group");
  describe(set, field);
  if (!field.labelledBy) set.setAttribute("aria-label", "Choices");
  if (kind === "checkbox") for (const name of ["aria-invalid", "aria-required"]) set.removeAttribute(name);
  const name = fresh("choice");
  set.append(...options.map((option) => choice(field, kind, option, name)));
  set.addEventListener("change", () => {
    const chosen = [...set.querySelectorAll(":checked")].map((input) => input.value);
    const raw = kind === "radio" ? chosen[0] ?? null : chosen;
    field.put(raw);
    field.act(raw);
  });
  return set;
}

function choice(field, kind, option, name) {
  const label = made("label", "choice");
  const input = made("input");
  Object.assign(input, { type: kind, name, value: option.value, checked: [field.value || []].flat().includes(option.value) });
  if (field.invalid && kind === "checkbox") input.setAttribute("aria-invalid", "true");
  const words = made("span", "", option.text.text);
  if (option.description) words.append(made("small", "", option.description.text));
  label.append(input, words);
  return label;
}

// A date or a time. Typed with the keyboard, it acts when the field is left: half a year is a year too.
function moment(field, type) {
  const node = made("input");
  Object.assign(node, { type, value: field.value ?? "" });
  describe(node, field);
  let typing = false;
  let acted = node.value;
  const settle = () => {
    typing = false;
    if (node.value === acted) return;
    acted = node.value;
    field.act(node.value);
  };
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") settle(); else typing = true; });
  node.addEventListener("pointerdown", () => { typing = false; });
  node.addEventListener("change", () => { field.put(node.value || null); if (!typing) settle(); });
  node.addEventListener("blur", settle);
  return node;
}

function text(field) {
  const { element } = field;
  const several = element.multiline || element.type === "rich_text_input";
  const node = made(several ? "textarea" : "input");
  if (!several) node.type = "text";
  else node.rows = 5;
  Object.assign(node, { value: field.value ?? "", placeholder: element.placeholder?.text || "" });
  if (element.max_length) node.maxLength = element.max_length;
  describe(node, field);
  node.addEventListener("input", () => field.put(node.value || null));
  if (!several) node.addEventListener("keydown", (event) => { if (field.acts && event.key === "Enter") { event.preventDefault(); field.act(node.value); } });
  return node;
}
