"use strict";
// Making nodes. Every text of a page goes in as a text node, so nothing in it can act as markup.
const byId = (id) => document.getElementById(id);

function make(tag, attributes, children) {
  return fill(document.createElement(tag), attributes, children);
}
function draw(tag, attributes, children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}
// A drawing of a size in pixels that print may shrink.
function sized(width, height) { return { width, height, viewBox: "0 0 " + width + " " + height }; }
// The width inside the padding of a box.
function inner(box) { const style = getComputedStyle(box); return box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight); }
function fill(node, attributes, children) {
  Object.entries(attributes || {}).forEach(([name, value]) => node.setAttribute(name, value));
  [].concat(children === undefined ? [] : children).forEach((child) => {
    node.append(child instanceof Node ? child : visible(String(child)));
  });
  return node;
}
// Characters that turn the direction of text or do not show are made visible.
const HIDDEN = /[\u202A-\u202E\u2066-\u2069\u200B-\u200F\u2028\u2029\u2060\uFEFF\u00AD\u061C\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
function visible(text) {
  if (!HIDDEN.test(text)) return document.createTextNode(text);
  const out = document.createDocumentFragment();
  Array.from(text).forEach((c) => {
    if (!HIDDEN.test(c)) { out.append(c); return; }
    const code = "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    out.append(fill(document.createElement("span"), { "class": "hidden-char", title: "a character that does not show" }, code));
  });
  return out;
}
function plain(text) { return String(text).replace(new RegExp(HIDDEN, "g"), ""); }
function hint(text) { return make("p", { "class": "hint" }, text); }
function tag(text, kind) { return make("span", { "class": kind ? "tag " + kind : "tag" }, text); }
const NUMBERS = new Intl.NumberFormat("en");
function number(n) { return NUMBERS.format(n); }
function counted(n, one, many) { return number(n) + " " + (n === 1 ? one : many || one + "s"); }
function unique(list) { return Array.from(new Set(list)).sort(); }
function words(code) { return code.replace(/_/g, " "); }

// A table; columns named in `numeric` are set flush right.
function grid(caption, heads, rows, numeric) {
  const cell = (c, i) => make("td", numeric.includes(i) ? { "class": "number" } : {}, c);
  return make("table", {}, [
    make("caption", { "class": "unseen" }, caption),
    make("thead", {}, make("tr", {}, heads.map((h, i) => make("th", numeric.includes(i) ? { scope: "col", "class": "number" } : { scope: "col" }, h)))),
    make("tbody", {}, rows.map((r) => make("tr", {}, r.map(cell)))),
  ]);
}
// A list that shows `size` items at a time, with a button for the next and, where it has one, for those before.
function paged(list, button, size, item, before) {
  let items = [], first = 0, last = 0;
  const label = () => {
    button.hidden = last >= items.length;
    button.textContent = "Show more (" + number(items.length - last) + " left)";
    if (before) before.hidden = first === 0;
    if (before) before.textContent = "Show earlier (" + number(first) + " above)";
  };
  const next = () => {
    list.append(...items.slice(last, last + size).map(item));
    last = Math.min(items.length, last + size);
    label();
  };
  const earlier = () => {
    const from = Math.max(0, first - size);
    list.prepend(...items.slice(from, first).map(item));
    first = from;
    label();
  };
  const open = (from) => { first = last = from; list.replaceChildren(); next(); };
  button.addEventListener("click", next);
  if (before) before.addEventListener("click", earlier);
  return {
    start(all) { items = all; open(0); },
    // Shows the item; one that lies far off begins the list anew near it.
    reach(index) { if (index < first || index >= last) open(Math.max(0, index - 5)); },
  };
}

// Days since 1970-01-01, which the data is in, and dates as people type and read them.
function dayOf(text, last) {
  const m = /^(-?\d{1,6})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text.trim());
  if (!m) return NaN;
  const d = new Date(0), year = +m[1];
  if (m[3]) d.setUTCFullYear(year, +m[2] - 1, +m[3]);
  else if (m[2]) d.setUTCFullYear(year, last ? +m[2] : +m[2] - 1, last ? 0 : 1);
  else d.setUTCFullYear(year, last ? 11 : 0, last ? 31 : 1);
  return d.getTime() / 864e5;
}
function dateOf(day, length) {
  const d = new Date(Math.floor(day) * 864e5), year = d.getUTCFullYear();
  const two = (n) => String(n).padStart(2, "0");
  const y = (year < 0 ? "-" : "") + String(Math.abs(year)).padStart(4, "0");
  return length === 4 ? y : y + "-" + two(d.getUTCMonth() + 1) + (length === 7 ? "" : "-" + two(d.getUTCDate()));
}
