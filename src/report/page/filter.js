// The filter: what is chosen, and who redraws when the choice changes.
let chosen = events;
const drawers = [];

function filter() {
  const value = (id) => byId(id).value.trim();
  const text = value("f-text").toLowerCase(), type = value("f-type"), language = value("f-language");
  const status = value("f-status"), actors = named(value("f-actor").toLowerCase()), pages = sourced(value("f-source").toLowerCase());
  const from = dayOf(value("f-from")), to = dayOf(value("f-to"), true);
  chosen = events.filter((e) =>
    (!type || e.type === type) && (!status || e.status === status || e.modality === status) &&
    (!language || e.languages.includes(language)) &&
    (isNaN(from) || e.to >= from) && (isNaN(to) || e.from <= to) &&
    (!actors || actors.has(e.place) || e.participants.some((p) => actors.has(p[0]))) &&
    (!pages || e.mentions.some((i) => pages.has(data.mentions.document[i]))) &&
    (!text || searchText(e).includes(text)));
  byId("shown").textContent = chosen.length === events.length ? counted(events.length, "event")
    : number(chosen.length) + " of " + counted(events.length, "event") + " match";
  drawers.forEach((redraw) => redraw());
}
// Entities that bear the name; where none does, those that have the text in a name, in whatever script.
function named(text) {
  const whole = (e) => e.name.toLowerCase() === text;
  const part = (e) => e.names.some((n) => n.name.toLowerCase().includes(text));
  return numbersOf(data.entities, text, whole, part);
}
function sourced(text) {
  const whole = (d) => d.source.toLowerCase() === text;
  const part = (d) => (d.source + "\n" + d.title).toLowerCase().includes(text);
  return numbersOf(data.documents, text, whole, part);
}
function numbersOf(list, text, whole, part) {
  if (!text) return null;
  const fits = list.some(whole) ? whole : part, found = new Set();
  list.forEach((item, i) => { if (fits(item)) found.add(i); });
  return found;
}
// Sets filters by id, and goes where the outcome is to be seen.
function choose(values) {
  byId("filters").reset();
  Object.entries(values).forEach(([id, value]) => { byId(id).value = value; });
  filter();
  byId("timeline").scrollIntoView();
  byId("shown").focus({ preventScroll: true });
}
function span(from, to) {
  byId("f-from").value = dateOf(from);
  byId("f-to").value = dateOf(to);
  filter();
}
function options(id, values) {
  values.forEach((v) => { byId(id).append(make("option", { value: v }, words(v))); });
}
function prepareFilter() {
  options("f-type", unique(events.map((e) => e.type)));
  options("f-language", unique(events.flatMap((e) => e.languages)));
  options("f-status", unique(events.map((e) => e.status)).concat(unique(events.map((e) => e.modality))));
  data.entities.slice(0, 500).forEach((e) => { byId("actors").append(make("option", { value: e.name })); });
  let wait;
  const form = byId("filters");
  form.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(filter, 150); });
  form.addEventListener("reset", () => setTimeout(filter, 0));
  form.addEventListener("submit", (e) => { e.preventDefault(); filter(); });
}
