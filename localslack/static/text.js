// Slack's text objects: mrkdwn with its links and mentions, or plain text as it stands.
import { made } from "./dom.js";

// A mark is one beside a word's end; U+2060 belongs to the word, so that a sign beside it is no mark.
const MARKED = (sign) => `(?<![\\w${sign}\\u2060])${sign}(?=[^\\s\\u2060])([^${sign}\\n]+?)(?<=[^\\s\\u2060])${sign}(?![\\w\\u2060])`;
const TOKEN = new RegExp(`<([^>\\s|]+)(?:\\|([^>]*))?>|\`([^\`\\n\\u2060]+)\`|${["\\*", "_", "~"].map(MARKED).join("|")}`, "g");

export function renderText(text, names, tag, className) {
  const node = made(tag, className);
  node.append(...inline(text, names));
  return node;
}

// A text object's content, to be appended.
export function written(text, names) {
  return text.type === "plain_text" ? [text.text] : inline(text.text, names);
}

function inline(text, names) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(plain(text.slice(end, match.index)));
    const [whole, target, label, code, bold, italic, struck] = match;
    if (target) parts.push(link(target, label, names));
    else if (code) parts.push(made("code", "", plain(code)));
    else if (bold) parts.push(wrapped("strong", bold, names));
    else if (italic) parts.push(wrapped("em", italic, names));
    else parts.push(wrapped("s", struck, names));
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
