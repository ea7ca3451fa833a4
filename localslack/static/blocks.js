// Block Kit drawn as a phone would draw it: long button labels are cut.
// `here` says where the blocks stand: names, people, level of headings, form, errors, and what acting and asking do.
import { chart, table } from "./charts.js";
import { confirmed } from "./confirm.js";
import { fresh, made, textButton } from "./dom.js";
import { fold } from "./fold.js";
import { DRAW_INPUT } from "./inputs.js";
import { menuButton } from "./menus.js";
import { renderText, written } from "./text.js";

const PHONE_LABEL = 30;

export function renderBlock(block, here) {
  const node = (DRAW[block.type] || unknown)(block, here);
  node.dataset.block = block.block_id;
  return node;
}

// Blocks as entries for `Kept`: each is drawn anew when it, or the error at it, changed.
export function blockEntries(blocks, here) {
  return blocks.map((block) => ({
    key: block.block_id,
    content: JSON.stringify([block, here.errors?.[block.block_id]]),
    make: () => renderBlock(block, here),
  }));
}

const DRAW = {
  header: (block, here) => made(`h${here.level}`, "block-header", block.text.text),
  divider: () => made("hr", "block-divider"),
  context: (block, here) => renderText(block.elements.map((e) => e.text || e.alt_text).join("   "), here.names, "p", "block-context"),
  image: (block) => picture(block),
  section,
  actions,
  input,
  table,
  data_visualization: chart,
};

function unknown(block) {
  return made("p", "block-section", `(a block of type ${block.type})`);
}

function picture({ image_url, alt_text, title }) {
  const figure = made("figure", "picture");
  const image = made("img");
  Object.assign(image, { alt: alt_text, referrerPolicy: "no-referrer", src: image_url });
  figure.append(image);
  if (title) figure.append(made("figcaption", "block-context", title.text));
  return figure;
}

function section(block, here) {
  const node = made("div", "block-section");
  const words = made("div", "section-words");
  words.id = fresh("section");
  if (block.text) words.append(...written(block.text, here.names));
  // a message's section alone is folded
  if (here.unfolded && !block.expand) fold(words, block, here.unfolded);
  if (block.fields) words.append(fields(block.fields, here));
  node.append(words);
  if (block.accessory) {
    node.classList.add("with-accessory");
    node.append(drawElement(block.accessory, block, here, { labelledBy: words.id, acts: true }));
  }
  return node;
}

function fields(texts, here) {
  const list = made("ul", "fields");
  for (const text of texts) {
    const item = made("li");
    item.append(...written(text, here.names));
    list.append(item);
  }
  return list;
}

function actions(block, here) {
  const row = made("div", "block-actions");
  row.append(...block.elements.map((element) => drawElement(element, block, here, { acts: true })));
  return row;
}

function input(block, here) {
  const node = made("div", "block-input");
  const grouped = ["radio_buttons", "checkboxes", "multi_static_select", "users_select", "multi_users_select"].includes(block.element.type);
  const label = made(grouped ? "div" : "label", "label", block.label.text);
  label.id = fresh("label");
  if (block.optional) label.append(" ", made("span", "optional", "(optional)"));
  const error = here.errors?.[block.block_id];
  const enter = sendsOnEnter(block) && note("hint-line", "Press Enter to send.");
  const notes = [block.hint && note("hint-line", block.hint.text), enter, error && note("error-line", error)].filter(Boolean);
  const options = { labelledBy: label.id, describedBy: notes.map((n) => n.id).join(" "), invalid: Boolean(error), acts: block.element.type === "plain_text_input" ? sendsOnEnter(block) : block.dispatch_action };
  const drawn = drawElement(block.element, block, here, { ...options, required: !block.optional });
  const control = drawn.matches("input, select, textarea") ? drawn : drawn.querySelector("[role=combobox]");
  if (!grouped && control) label.htmlFor = control.id ||= fresh("input");
  node.append(label, drawn, ...notes);
  return node;
}

// A field tells of Enter by itself, unless it names only other moments; in one of several lines Enter is a new line.
function sendsOnEnter({ dispatch_action, element }) {
  const moments = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  return element.type === "plain_text_input" && Boolean(dispatch_action) && !element.multiline && moments.includes("on_enter_pressed");
}

function note(className, text) {
  const line = made("p", className, text);
  line.id = fresh("note");
  return line;
}

function drawElement(element, block, here, options) {
  const act = async (raw) => {
    if (!element.confirm || (await confirmed(element.confirm))) here.act(block.block_id, element.action_id, raw);
  };
  if (element.type === "image") return picture(element);
  if (element.type === "button") return button(element, act, options);
  if (element.type === "overflow") {
    const choices = element.options.map((option) => ({ text: option.text.text, go: () => act(option.value) }));
    return tagged(menuButton("More", choices, options.labelledBy), element);
  }
  const draw = DRAW_INPUT[element.type];
  if (!draw) return made("span", "", `(an element of type ${element.type})`);
  return tagged(draw({
    ...options,
    element,
    here,
    block: block.block_id,
    value: here.form.get(block.block_id, element),
    put: (raw) => here.form.set(block.block_id, element.action_id, raw),
    act: options.acts ? act : () => {},
  }), element);
}

// The controls carry their action, so that the focus finds them again.
function tagged(node, element) {
  const controls = node.matches("input, select, textarea") ? [node] : node.querySelectorAll("input, button");
  for (const control of controls) control.dataset.action = element.action_id;
  return node;
}

function button(element, act, options) {
  const text = element.text.text;
  const node = textButton(text.length > PHONE_LABEL ? `${text.slice(0, PHONE_LABEL - 1)}…` : text, element.style || "");
  node.dataset.action = element.action_id;
  if (element.accessibility_label) node.setAttribute("aria-label", element.accessibility_label);
  if (options.labelledBy) node.setAttribute("aria-describedby", options.labelledBy);
  node.addEventListener("click", () => {
    if (/^https?:/.test(element.url || "")) window.open(element.url, "_blank", "noreferrer");
    act("");
  });
  return node;
}
