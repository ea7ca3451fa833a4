// What the message box offers: commands and their words from the app's manifest, and people after an @.
export function suggestionsFor(text, state) {
  const at = text.match(/(^|\s)@([\w.-]*)$/);
  if (at) {
    const start = text.slice(0, text.length - at[2].length - 1);
    return state.handles
      .filter((h) => h.handle.startsWith(at[2].toLowerCase()) && h.handle !== at[2])
      .map((h) => ({ value: `${start}@${h.handle} `, label: `@${h.handle}`, note: h.name }));
  }
  if (!text.startsWith("/")) return [];
  const name = text.split(/\s+/)[0];
  if (!text.includes(" ")) {
    return state.commands
      .filter((c) => c.command.startsWith(name))
      .map((c) => ({ value: `${c.command} `, label: c.command, note: c.description }));
  }
  const command = state.commands.find((c) => c.command === name);
  const typed = text.slice(name.length + 1);
  const ways = command ? command.hint.split("|").map((h) => h.trim().split(" ")) : [];
  return ways.map((way) => next(way, typed, name)).filter(Boolean);
}

// How a way of using a command goes on from what is typed: its words in order, @person standing for one or more people.
function next(way, typed, name) {
  let behind = "^";
  for (let index = 0; index < way.length; index += 1) {
    const word = way[index];
    const partial = typed.match(new RegExp(`${behind}(\\S*)$`))?.[1];
    if (partial !== undefined && word.startsWith(partial) && word !== typed) {
      const stop = way.findIndex((w, i) => i > index && w.startsWith("@"));
      const rest = word.startsWith("@") ? "@" : way.slice(index, stop < 0 ? undefined : stop).join(" ");
      const value = `${name} ${typed.slice(0, typed.length - partial.length)}${rest}`;
      return { value: stop < 0 || rest === "@" ? value : `${value} `, label: `${name} ${way.join(" ")}`, loose: true };
    }
    behind += word.startsWith("@") ? "(?:@\\S+\\s+)+" : `${word}\\s+`;
  }
  return null;
}
