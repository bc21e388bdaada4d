// The list of events; an event opens to its reports in all languages.
const eventList = paged(byId("list"), byId("more"), 50, eventRow, byId("earlier"));

function eventRow(event) {
  const tags = [tag(event.type + (event.mode ? " · " + event.mode : ""))];
  if (event.modality !== "happened") tags.push(tag(words(event.modality), event.modality === "planned" ? "planned" : ""));
  if (event.status === "conflicting") tags.push(tag("reports disagree", "bad"));
  event.languages.forEach((l) => tags.push(tag(l)));
  const details = make("details", { id: "e-" + event.index }, make("summary", {}, [
    make("span", { "class": "date" }, event.edtf || "undated"), make("span", {}, event.label), make("span", { "class": "tags" }, tags)]));
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    if (details.children.length === 1) details.append(reports(event));
    history.replaceState(null, "", "#" + event.id);
  });
  return make("li", {}, details);
}
function reports(event) {
  const box = make("div", { "class": "open" }), who = event.participants.map((p) => nameButton(data.entities[p[0]], p[1]));
  if (event.place >= 0) who.push(nameButton(data.entities[event.place], "place"));
  if (who.length) box.append(make("p", { "class": "who" }, who));
  disagreements(event, box);
  const told = event.mentions.map(mention).sort((a, b) => a.language < b.language ? -1 : a.language > b.language ? 1 : 0);
  told.forEach((m) => box.append(report(m)));
  box.append(make("p", { "class": "meta" }, ["Precision: " + event.precision + ". " + words(event.status) + ". ", make("code", {}, "annalist explain " + event.id)]));
  return box;
}
function nameButton(entity, role) {
  const button = make("button", { type: "button", "class": "name", title: "Show all events with this name" }, entity.name);
  button.addEventListener("click", () => choose({ "f-actor": entity.name }));
  return make("span", {}, [button, make("small", {}, role)]);
}
function disagreements(event, box) {
  const conflicts = data.events.conflicts[event.index] || [];
  unique(conflicts.map((c) => c[0])).forEach((field) => {
    const values = conflicts.filter((c) => c[0] === field).map((c) => {
      const shown = entityById.has(c[1]) ? entityById.get(c[1]).name : c[1];
      return c[2] ? shown + " (chosen)" : shown;
    });
    box.append(make("p", { "class": "disagree" }, ["Reports disagree on the " + field + ": ", values.join("; ")]));
  });
}
function report(m) {
  const title = m.document.title && m.document.title !== m.document.source ? [m.document.title, " · "] : [];
  return make("figure", {}, [
    make("blockquote", { lang: m.language, dir: "auto" }, passage(m)),
    make("figcaption", { "class": "meta" }, [tag(m.language), " ", ...title, m.document.source + " · read as " + (m.edtf || "no date") + " (" + m.basis + ") · confidence " + m.confidence])]);
}
// The sentence with its time and its trigger marked; offsets are code points.
function passage(m) {
  const points = Array.from(m.text), out = [];
  const marks = [[...m.time, "time", "says when"], [...m.trigger, "trigger", "says what"]].filter((k) => k[1] > k[0]);
  let at = 0;
  marks.sort((a, b) => a[0] - b[0]).forEach(([from, to, kind, title]) => {
    if (from < at) return;
    out.push(points.slice(at, from).join(""), make("mark", { "class": kind, title }, points.slice(from, to).join("")));
    at = to;
  });
  return out.concat(points.slice(at).join(""));
}
function reveal(event) {
  if (!chosen.includes(event)) { byId("filters").reset(); filter(); }
  eventList.reach(chosen.indexOf(event));
  const node = byId("e-" + event.index);
  node.open = true;
  node.scrollIntoView({ block: "center" });
  node.querySelector("summary").focus({ preventScroll: true });
}
// An address that ends in the id of an event opens it.
function openNamed() {
  const event = events.find((e) => "#" + e.id === location.hash);
  if (event) reveal(event);
}
