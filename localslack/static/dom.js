// The few words in which everything else makes elements.
let count = 0;

export function made(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

export function fresh(prefix) {
  count += 1;
  return `${prefix}-${count}`;
}

export function textButton(label, className) {
  const node = made("button", className, label);
  node.type = "button";
  return node;
}

// Names, descriptions and states that every control has.
export function describe(node, field) {
  const name = field.element.placeholder?.text;
  if (field.labelledBy) node.setAttribute("aria-labelledby", field.labelledBy);
  else if (name) node.setAttribute("aria-label", name);
  if (field.describedBy) node.setAttribute("aria-describedby", field.describedBy);
  if (field.invalid) node.setAttribute("aria-invalid", "true");
  if (field.required) node.setAttribute("aria-required", "true");
}
