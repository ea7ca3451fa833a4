// A long section shows its beginning, and the rest behind "See more", as Slack shows what doesn't say `expand`.
import { made, textButton } from "./dom.js";

const LONGEST = 700;

// `unfolded` are the ids of those blocks that somebody has opened; they stay so when they are drawn anew.
export function fold(words, block, unfolded) {
  const rest = after(words, LONGEST);
  if (!rest) return;
  const dots = made("span", "", "… ");
  const hidden = made("span");
  hidden.append(rest);
  const more = textButton("", "see-more");
  more.dataset.action = "see-more";
  const show = () => {
    const open = unfolded.has(block.block_id);
    hidden.hidden = !open;
    dots.hidden = open;
    more.textContent = open ? "See less" : "See more";
    more.setAttribute("aria-expanded", String(open));
  };
  more.addEventListener("click", () => {
    if (!unfolded.delete(block.block_id)) unfolded.add(block.block_id);
    show();
  });
  show();
  words.append(dots, hidden, " ", more);
}

// What stands behind so many characters, taken out of the element from the last space before it on; null if it isn't longer.
function after(words, most) {
  if (words.textContent.length <= most) return null;
  const texts = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let left = most;
  while (texts.nextNode() && texts.currentNode.length < left) left -= texts.currentNode.length;
  const text = texts.currentNode;
  const range = document.createRange();
  range.setStart(text, text.data.lastIndexOf(" ", left) + 1 || left);
  range.setEndAfter(words.lastChild);
  return range.extractContents();
}
