// Tables and charts, drawn with what a page has: a table, and bars whose lengths are their numbers.
import { made } from "./dom.js";

export function table(block) {
  const node = made("table", "block-table");
  const [head, ...rows] = block.rows;
  const body = made("tbody");
  body.append(...rows.map((cells) => row(cells, "td", block)));
  const top = made("thead");
  top.append(row(head, "th", block));
  node.append(top, body);
  return node;
}

function row(cells, tag, block) {
  const line = made("tr");
  cells.forEach((cell, place) => {
    const node = made(tag, block.column_settings?.[place]?.align === "right" ? "right" : "", cell.text);
    if (tag === "th") node.scope = "col";
    line.append(node);
  });
  return line;
}

export function chart(block) {
  const figure = made("figure", "block-chart");
  figure.append(made("figcaption", "", block.title));
  const { series, axis_config: axis } = block.chart;
  const most = Math.max(1, ...series.flatMap((each) => each.data.map((point) => point.value)));
  const list = made("dl");
  axis.categories.forEach((label, place) => {
    list.append(made("dt", "", label), ...series.map((each, nth) => bar(each.name, each.data[place].value, most, nth)));
  });
  figure.append(list);
  return figure;
}

function bar(name, value, most, nth) {
  const node = made("dd");
  const length = made("span", `bar bar-${nth % 3}`);
  length.style.width = `${(60 * value) / most}%`;
  node.append(length, `${value} ${name.toLowerCase()}`);
  return node;
}
