// Names across scripts: each entity with its spellings, and the reasons why they were linked or kept apart.
const entityList = paged(byId("entity-list"), byId("more-entities"), 24, entityRow);

function entityRow(e) {
  const box = make("details", { "class": "entity" }, make("summary", {}, [
    make("span", {}, [make("b", {}, e.name), " ", make("span", { "class": "soft" }, e.sample)]),
    make("span", { "class": "tags" }, [tag(e.kind), tag(counted(e.mentions, "mention"))])]));
  box.addEventListener("toggle", () => { if (box.open && box.children.length === 1) box.append(spellings(e)); });
  return box;
}
function spellings(e) {
  const names = e.names.slice().sort((a, b) => b.mentions - a.mentions);
  const show = make("button", { type: "button" }, "Show its events");
  show.addEventListener("click", () => choose({ "f-actor": e.name }));
  const box = make("div", { "class": "open" }, [
    make("ul", { "class": "names" }, names.map((n) => make("li", {}, [
      make("span", { lang: n.language, dir: "auto" }, n.name), " ", make("small", {}, n.language + " · " + (n.mentions ? "met " + number(n.mentions) + "×" : "not met, from the " + n.evidence))]))),
    linkTable("Taken to be one name", e.links.filter((l) => l.decision === "same")),
    linkTable("Kept apart", e.links.filter((l) => l.decision !== "same")),
    make("p", {}, [show, " ", make("code", { "class": "meta" }, "annalist explain " + e.id)])]);
  return box;
}
function linkTable(title, links) {
  if (!links.length) return make("span");
  const rows = links.map((l) => [l.name, l.others.join(", "), words(l.evidence), l.score, l.detail]);
  return make("div", { "class": "scroll", tabindex: 0 }, [make("h3", {}, title), grid(title, ["name", "and", "evidence", "score", "detail"], rows, [3])]);
}
function entities() {
  const text = byId("n-text").value.trim().toLowerCase(), kind = byId("n-kind").value, scripts = byId("n-scripts").checked;
  const found = data.entities.filter((e) => (!kind || e.kind === kind) && (!scripts || e.sample) &&
    (!text || e.names.some((n) => n.name.toLowerCase().includes(text))));
  byId("n-shown").textContent = found.length === data.entities.length ? counted(found.length, "name")
    : number(found.length) + " of " + counted(data.entities.length, "name");
  entityList.start(found);
}
function prepareEntities() {
  options("n-kind", unique(data.entities.map((e) => e.kind)));
  const form = byId("name-filters");
  form.addEventListener("input", entities);
  form.addEventListener("submit", (e) => e.preventDefault());
  entities();
}
