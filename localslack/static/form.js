// What a person has put into the inputs of one view. It outlives the drawing, so that nothing typed is lost.
export class Form {
  // `entered`: the `state.values` of a view, as Slack shapes them.
  constructor(entered = {}) {
    this.entered = entered;
    this.typed = new Map();
    this.labels = new Map();
  }

  set(block, action, raw) {
    this.typed.set(`${block} ${action}`, raw);
  }

  // Forgets what was put where block or action is no more, or where it isn't offered any more.
  keep(blocks) {
    const standing = new Map(blocks.flatMap((block) => elementsOf(block).map((element) => [`${block.block_id} ${element.action_id}`, element])));
    for (const [key, raw] of this.typed) {
      const element = standing.get(key);
      if (!element || !offers(element, raw)) this.typed.delete(key);
    }
  }

  // What was typed here, else what the server knows to be entered, else what the element begins with.
  get(block, element) {
    const key = `${block} ${element.action_id}`;
    if (this.typed.has(key)) return this.typed.get(key);
    const entered = this.entered?.[block]?.[element.action_id];
    return entered ? held(entered) : initial(element);
  }

  // Every input's value as {block_id: {action_id: raw}}: a string, a list of strings, or null.
  collect(blocks) {
    const values = {};
    for (const block of blocks) {
      for (const element of elementsOf(block)) {
        const raw = this.get(block.block_id, element);
        if (raw !== undefined) (values[block.block_id] ??= {})[element.action_id] = raw;
      }
    }
    return values;
  }
}

export function elementsOf(block) {
  if (block.type === "input") return [block.element];
  if (block.type === "section") return block.accessory ? [block.accessory] : [];
  return block.type === "actions" ? block.elements : [];
}

function offers(element, raw) {
  if (!element.options && !element.option_groups) return true;
  const values = [element, ...(element.option_groups || [])].flatMap(({ options }) => options || []).map((option) => option.value);
  return [raw ?? []].flat().every((one) => values.includes(one));
}

// Formatted text as it was typed; whom it names, by id.
function typed(value) {
  const parts = (value?.elements || []).flatMap((section) => section.elements || []);
  const shown = { text: (part) => part.text, user: (part) => `<@${part.user_id}>`, channel: (part) => `<#${part.channel_id}>`,
    usergroup: (part) => `<!subteam^${part.usergroup_id}>`, broadcast: (part) => `<!${part.range}>` };
  return parts.map((part) => shown[part.type](part)).join("") || null;
}

// An entered value out of Slack's shape, which is named after the kind of element.
function held({ type, ...more }) {
  if (type === "rich_text_input") return typed(more.rich_text_value);
  const value = Object.entries(more).find(([name]) => name === "value" || name.startsWith("selected_"))?.[1] ?? null;
  if (Array.isArray(value)) return value.map((one) => one.value ?? one);
  return value?.value ?? value;
}

// What an input holds before anybody touches it; undefined for what holds nothing, such as a button.
function initial(element) {
  switch (element.type) {
    case "static_select":
    case "external_select":
    case "radio_buttons": return element.initial_option?.value ?? null;
    case "multi_static_select":
    case "checkboxes": return (element.initial_options || []).map((option) => option.value);
    case "users_select": return element.initial_user ?? null;
    case "multi_users_select": return element.initial_users || [];
    case "datepicker": return element.initial_date ?? null;
    case "timepicker": return element.initial_time ?? null;
    case "plain_text_input": return element.initial_value ?? null;
    case "rich_text_input": return null;
    default: return undefined;
  }
}
