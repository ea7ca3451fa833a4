// TypeScript types of Slack's own packages as JSON Schemas, one file a subject, one definition a line.
// The schemas are what the generator says, without descriptions; nothing is corrected here.
import { readFileSync, writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

const out = process.argv[2];
const pinned = JSON.parse(readFileSync("package.json", "utf8")).dependencies;
const types = "import type * as slack from '@slack/types';";
const bolt = "import type * as bolt from '@slack/bolt';";

const subjects = {
  blocks: { from: types, roots: ["slack.KnownBlock", "slack.View"] },
  events: { from: types, roots: ["slack.SlackEvent"] },
  payloads: {
    from: bolt,
    roots: [
      // the event itself is in events.json, by its own type
      "bolt.EnvelopedEvent<any>", "bolt.SlashCommand", "bolt.BlockAction", "bolt.ViewSubmitAction", "bolt.ViewClosedAction",
      "bolt.MessageShortcut", "bolt.GlobalShortcut", "bolt.BlockSuggestion",
      // the generator makes one object of RespondArguments' alternatives and requires what each of them requires:
      // here all is optional, and check.py asks for something to say
      "Partial<bolt.RespondArguments>", "bolt.ViewResponseAction", "bolt.BlockOptions",
      "bolt.OptionGroups<bolt.BlockOptions>",
    ],
  },
  manifest: {
    from: "import type { Manifest } from '@slack/web-api/dist/types/request/manifest';",
    roots: ["Manifest"],
  },
};

const methods = [
  "apps.connections.open", "auth.test", "blocks.validate", "chat.delete", "chat.getPermalink", "chat.postMessage", "chat.update",
  "conversations.history", "conversations.members", "conversations.open", "dnd.info", "files.completeUploadExternal", "files.delete",
  "files.getUploadURLExternal", "usergroups.users.list", "users.info", "users.list",
  "views.open", "views.publish", "views.push", "views.update",
];
const typeOf = (method) => method.split(".").map((part) => part[0].toUpperCase() + part.slice(1)).join("");
for (const method of methods) {
  const name = `${typeOf(method)}Response`;
  subjects[method] = { from: `import type { ${name} } from '@slack/web-api';`, roots: [name] };
}
// of a method's arguments only the names: Slack passes over an argument it doesn't know and only warns
subjects.arguments = {
  from:
    "import type * as web from '@slack/web-api';\n" +
    "export type Names<Arguments> = Arguments extends unknown ? keyof Arguments : never;",
  roots: methods.map((method) => `Names<web.${typeOf(method)}Arguments>`),
};

function schemaOf(name, { from, roots }) {
  const path = `${name}.ts`;
  const members = roots.map((root) => `  ${JSON.stringify(root.replaceAll(/\w+\./g, ""))}: ${root};`).join("\n");
  writeFileSync(path, `${from}\nexport type Roots = {\n${members}\n};\n`);
  return createGenerator({ path, type: "Roots", expose: "all", skipTypeCheck: true, topRef: true }).createSchema("Roots");
}

function plain(node, names = false) {
  if (Array.isArray(node)) return node.map((part) => plain(part));
  if (node === null || typeof node !== "object") return node;
  const kept = Object.entries(node).filter(([key]) => names || (key !== "description" && key !== "deprecated"));
  return Object.fromEntries(
    kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, plain(part, key === "properties" && !names)]),
  );
}

for (const [name, subject] of Object.entries(subjects)) {
  const definitions = plain(schemaOf(name, subject).definitions, true);
  const lines = Object.keys(definitions)
    .sort()
    .map((key) => `${JSON.stringify(key)}: ${JSON.stringify(definitions[key])}`);
  writeFileSync(`${out}/${name}.json`, `{\n${lines.join(",\n")}\n}\n`);
}
writeFileSync(`${out}/versions.json`, `${JSON.stringify(pinned, null, 2)}\n`);
