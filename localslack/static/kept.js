// A list that is drawn again and again, touching only what changed: an open menu or the focus stays where it is.
import { mark, restore } from "./focus.js";

export class Kept {
  constructor(box) {
    this.box = box;
    this.known = new Map();
  }

  // Entries are {key, content, make}; true when one of them is new.
  draw(entries) {
    const focus = this.box.contains(document.activeElement) ? mark() : null;
    const keys = new Set(entries.map((entry) => entry.key));
    for (const [key, { node }] of this.known) {
      if (!keys.has(key)) {
        node.remove();
        this.known.delete(key);
      }
    }
    let added = false;
    entries.forEach((entry, index) => {
      added = this.place(entry, index) || added;
    });
    if (focus && !this.box.contains(document.activeElement)) restore(focus);
    return added;
  }

  place({ key, content, make }, index) {
    const old = this.known.get(key);
    if (old?.content === content && this.box.children[index] === old.node) return false;
    const node = old?.content === content ? old.node : make();
    if (old && old.node !== node) old.node.remove();
    this.box.insertBefore(node, this.box.children[index] || null);
    this.known.set(key, { node, content });
    return !old;
  }

  clear() {
    this.known.clear();
    this.box.replaceChildren();
  }
}
