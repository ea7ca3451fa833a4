// What a person taps, on its way to the app: one after the other, and nothing twice while it is under way.
import { post, suggest, tab } from "./server.js";

const underWay = new Set();
let line = Promise.resolve();

export function send(action, body) {
  const { values, ...what } = body;
  const key = JSON.stringify([tab.user, action, what]);
  if (underWay.has(key)) return line;
  underWay.add(key);
  // whoever taps has tapped, though somebody else may be looking when it leaves
  const user = tab.user;
  line = line.then(() => post(action, { user, ...body })).finally(() => underWay.delete(key));
  return line;
}

// Where a view's blocks are drawn and what acting in them does. `open` is {view, form}; its view may be updated under it.
export function placeOf(open, state, more) {
  const at = { view_id: open.view.id };
  return {
    names: state.names,
    people: state.people,
    form: open.form,
    act: (block_id, action_id, value) => send("tap", { ...at, block_id, action_id, value, values: open.form.collect(open.view.blocks) }),
    suggest: (block_id, action_id, typed) => suggest({ ...at, block_id, action_id, typed }),
    ...more,
  };
}
