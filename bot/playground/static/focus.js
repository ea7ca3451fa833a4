// Where the focus stands, in words that outlive the elements: an area of the page, a block, an element's action.
export function mark() {
  const at = document.activeElement;
  const area = at?.closest("[data-area]");
  if (!area) return null;
  const block = at.closest("[data-block]")?.dataset.block;
  const action = at.dataset.action;
  const twins = [...area.querySelectorAll("[data-action]")].filter((n) => same(n, block, action));
  const [start, end] = typeof at.selectionStart === "number" ? [at.selectionStart, at.selectionEnd] : [];
  return { area: area.id, block, action, index: twins.indexOf(at), start, end };
}

// The same element if it was drawn anew, else its area.
export function restore(marked) {
  const area = marked && document.getElementById(marked.area);
  if (!area) return;
  const twins = marked.action ? [...area.querySelectorAll("[data-action]")].filter((n) => same(n, marked.block, marked.action)) : [];
  const node = twins[Math.min(marked.index, twins.length - 1)] || area;
  if (node === document.activeElement) return;
  node.focus({ preventScroll: node === area });
  if (marked.start !== undefined && node.setSelectionRange) node.setSelectionRange(marked.start, marked.end);
}

function same(node, block, action) {
  return node.dataset.action === action && node.closest("[data-block]")?.dataset.block === block;
}
