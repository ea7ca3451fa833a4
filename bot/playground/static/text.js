// Slack's text objects: mrkdwn with its links and mentions, or plain text as it stands.
import { made } from "./dom.js";

const TOKEN = /<([^>\s|]+)(?:\|([^>]*))?>|`([^`\n]+)`|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?!\w)|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)/g;

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
