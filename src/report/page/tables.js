// Documents, diagnostics and removals.
const documentBody = make("tbody");
const documentList = paged(documentBody, byId("more-documents"), 50, documentRow);

function documentRow(i) {
  const d = data.documents[i], source = make("button", { type: "button", "class": "name", title: "Show the events of this page" }, d.source);
  source.addEventListener("click", () => choose({ "f-source": d.source }));
  const status = d.status === "ok" ? d.status : tag(d.status, d.status === "rejected" ? "bad" : "");
  const cells = [documentMentions[i] ? source : d.source, d.title, d.language, words(d.kind), make("span", { "class": "date" }, d.published),
    d.duplicate ? make("span", {}, [status, " repeats " + d.duplicate]) : status, number(documentMentions[i])];
  return make("tr", {}, cells.map((c, j) => make("td", j === 6 ? { "class": "number" } : {}, c)));
}
function documents() {
  const table = grid("Documents", ["source", "title", "language", "kind", "published", "status", "mentions"], [], [6]);
  table.querySelector("tbody").replaceWith(documentBody);
  byId("document-list").append(table);
  documentList.start(data.documents.map((_, i) => i));
}
function diagnostics() {
  const box = byId("diagnostic-list");
  if (!data.diagnostics.length) box.append(hint("Nothing to report."));
  data.diagnostics.forEach((d) => {
    const item = make("details", { "class": "entity" }, make("summary", {}, [
      make("span", {}, make("b", {}, words(d.code.replace(/-/g, " ")))),
      make("span", { "class": "tags" }, [tag(d.severity, d.severity === "info" ? "" : "bad"), tag(number(d.count) + "×")])]));
    item.addEventListener("toggle", () => {
      if (item.children.length > 1) return;
      const rows = d.places.slice(0, 200).map((p) => [p[0], p[1], number(p[2])]);
      item.append(make("div", { "class": "open scroll", tabindex: 0 }, grid(d.code, ["message", "document", "times"], rows, [2])));
      if (d.places.length > 200) item.append(hint("and " + number(d.places.length - 200) + " more; see diagnostics.csv"));
    });
    box.append(item);
  });
}
function removals() {
  const box = byId("removal-list"), peak = Math.max(1, ...data.removals.map((r) => r.bytes));
  if (!data.removals.length) { box.append(hint("Cleaning removed nothing.")); return; }
  const rows = data.removals.map((r) => {
    const bar = make("i");
    bar.style.width = Math.max(0.5, 100 * r.bytes / peak) + "%";
    const examples = make("details", {}, [make("summary", {}, make("span", {}, "examples")), make("ul", {}, r.examples.map((x) => make("li", {}, make("code", { dir: "auto" }, x))))]);
    return [words(r.kind), number(r.bytes), number(r.spans), number(r.documents), make("div", {}, [bar, r.examples.length ? examples : ""])];
  });
  const table = grid("What cleaning removed, by kind", ["kind", "bytes", "spans", "documents", "share"], rows, [1, 2, 3]);
  table.className = "bartable";
  box.append(table);
}
