// Where the focus stands, in words that outlive the elements: an area of the page, a block, an element's action.
export function mark() {
  const at = document.activeElement;
  const area = at?.closest("[data-area]");
  if (!area) return null;
  const block = at.closest("[data-block]")?.dataset.block;
  const action = at.dataset.action;
  const [start, end] = typeof at.selectionStart === "number" ? [at.selectionStart, at.selectionEnd] : [];
  return { area: area.id, block, action, index: twins(area, block, action).indexOf(at), start, end };
}

// The same element if it was drawn anew, else one with its action, else the area.
export function restore(marked) {
  const area = marked && document.getElementById(marked.area);
  if (!area) return;
  const same = twins(area, marked.block, marked.action);
  const node = same[Math.min(marked.index, same.length - 1)] || twins(area, null, marked.action)[0] || area;
  if (node === document.activeElement) return;
  node.focus({ preventScroll: node === area });
  if (marked.start !== undefined && node.setSelectionRange) node.setSelectionRange(marked.start, marked.end);
}

function twins(area, block, action) {
  const all = action ? [...area.querySelectorAll("[data-action]")].filter((node) => node.dataset.action === action) : [];
  return block ? all.filter((node) => node.closest("[data-block]")?.dataset.block === block) : all;
}
