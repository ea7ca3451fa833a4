// Block Kit drawn as a phone would draw it: long button labels are cut.
const PHONE_LABEL = 30;
const TOKEN = /<([^>\s|]+)(?:\|([^>]*))?>|`([^`\n]+)`|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?!\w)|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)/g;

export function renderBlocks(blocks, names, act) {
  return blocks.map((block) => {
    switch (block.type) {
      case "header": return made("h2", "block-header", block.text.text);
      case "section": return renderText(block.text.text, names, "div", "block-section");
      case "context": return renderText(block.elements.map((e) => e.text).join("   "), names, "p", "block-context");
      case "divider": return made("hr", "block-divider");
      case "actions": return actions(block, act);
      default: return made("p", "block-section", `(a block of type ${block.type})`);
    }
  });
}

export function renderText(text, names, tag, className) {
  const node = made(tag, className);
  node.append(...inline(text, names));
  return node;
}

function inline(text, names) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(plain(text.slice(end, match.index)));
    const [whole, target, label, code, bold, italic] = match;
    if (target) parts.push(link(target, label, names));
    else if (code) parts.push(made("code", "", plain(code)));
    else if (bold) parts.push(wrapped("strong", bold, names));
    else parts.push(wrapped("em", italic, names));
    end = match.index + whole.length;
  }
  parts.push(plain(text.slice(end)));
  return parts;
}

function wrapped(tag, text, names) {
  const node = document.createElement(tag);
  node.append(...inline(text, names));
  return node;
}

function link(target, label, names) {
  if (target.startsWith("@")) return made("span", "mention", `@${names[target.slice(1)] || target.slice(1)}`);
  if (!/^https?:/.test(target)) return `<${target}>`;
  const anchor = made("a", "", plain(label || target));
  anchor.href = target;
  if (new URL(target).origin !== location.origin) {
    anchor.target = "_blank";
    anchor.rel = "noreferrer";
  } else {
    anchor.href = `#m${target.split("/p").pop()}`;
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      const there = document.getElementById(anchor.hash.slice(1));
      there?.scrollIntoView();
      there?.focus();
    });
  }
  return anchor;
}

function plain(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

function made(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function cut(label) {
  return label.length > PHONE_LABEL ? `${label.slice(0, PHONE_LABEL - 1)}…` : label;
}

function actions(block, act) {
  const row = made("div", "block-actions");
  for (const element of block.elements) {
    const go = (value) => act(block.block_id, element.action_id, value);
    if (element.type === "button") row.append(button(element, go));
    else if (element.type === "overflow") row.append(overflow(element, go));
    else if (element.type === "static_select") row.append(select(element, go));
    else if (element.type === "radio_buttons") row.append(radios(block, element, go));
  }
  return row;
}

function button(element, go) {
  const node = made("button", element.style || "", cut(element.text.text));
  node.type = "button";
  node.dataset.action = element.action_id;
  if (element.accessibility_label) node.setAttribute("aria-label", element.accessibility_label);
  node.addEventListener("click", () => go(""));
  return node;
}

function overflow(element, go) {
  const box = made("div", "overflow");
  const opener = made("button", "", "⋯");
  opener.type = "button";
  opener.setAttribute("aria-label", "More");
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  opener.addEventListener("click", () => toggle(box, opener, element, go));
  box.append(opener);
  return box;
}

function toggle(box, opener, element, go) {
  const open = box.querySelector(".menu");
  const close = () => {
    box.querySelector(".menu")?.remove();
    opener.setAttribute("aria-expanded", "false");
  };
  if (open) return close();
  const menu = made("ul", "menu");
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", "More");
  for (const option of element.options) {
    const item = made("li", "");
    item.setAttribute("role", "none");
    const choice = made("button", "", option.text.text);
    choice.type = "button";
    choice.setAttribute("role", "menuitem");
    choice.addEventListener("click", () => { close(); opener.focus(); go(option.value); });
    item.append(choice);
    menu.append(item);
  }
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape") { close(); opener.focus(); }
    else if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(at - 1 + items.length) % items.length].focus();
    else return;
    event.preventDefault();
  });
  // afterwards, since a message that is drawn anew takes the focus away while it is being replaced
  menu.addEventListener("focusout", () => setTimeout(() => { if (!box.contains(document.activeElement)) close(); }));
  box.append(menu);
  opener.setAttribute("aria-expanded", "true");
  const edge = box.closest("main")?.getBoundingClientRect().left ?? 0;
  if (menu.getBoundingClientRect().left < edge) Object.assign(menu.style, { left: "0", right: "auto" });
  menu.querySelector("button").focus();
}

function select(element, go) {
  const node = document.createElement("select");
  node.setAttribute("aria-label", element.placeholder.text);
  const first = new Option(element.placeholder.text, "", true, true);
  first.disabled = true;
  node.append(first, ...element.options.map((option) => new Option(option.text.text, option.value)));
  node.addEventListener("change", () => go(node.value));
  return node;
}

function radios(block, element, go) {
  const set = made("fieldset", "radios");
  set.append(made("legend", "visually-hidden", "Choices"));
  for (const option of element.options) {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "radio";
    input.name = `${block.block_id}-${element.action_id}`;
    input.addEventListener("change", () => go(option.value));
    label.append(input, made("span", "", option.text.text));
    set.append(label);
  }
  return set;
}
