// The head of the page, and the order in which its parts are drawn.
function header() {
  const dated = events.filter((e) => !isNaN(e.from));
  const low = dated.reduce((d, e) => Math.min(d, e.from), Infinity), high = dated.reduce((d, e) => Math.max(d, e.to), -Infinity);
  byId("subtitle").textContent = dated.length ? "Events from " + dateOf(low) + " to " + dateOf(high) : "No dated events";
  const several = events.filter((e) => e.languages.length > 1).length, languages = unique(events.flatMap((e) => e.languages)).length;
  [[data.documents.length, "document"], [events.length, "event"], [data.mentions.event.length, "mention"], [data.entities.length, "name"],
    [languages, "language"], [several, "event told in several languages", "events told in several languages"],
    [events.filter((e) => e.status === "conflicting").length, "event with disagreeing reports", "events with disagreeing reports"],
  ].forEach(([n, one, many]) => {
    byId("counts").append(make("li", {}, [make("b", {}, number(n)), make("span", {}, n === 1 ? one : many || one + "s")]));
  });
  Object.entries(QUADS).concat([["other", "--neutral"]]).forEach(([quad, variable]) => {
    const swatch = make("span", { "class": "swatch" });
    swatch.style.background = "var(" + variable + ")";
    byId("legend").append(make("li", {}, [swatch, quad]));
  });
  byId("legend").append(make("li", {}, [make("span", { "class": "swatch hollow" }), "planned"]),
    make("li", {}, [make("span", { "class": "swatch flagged" }), "reports disagree"]),
    make("li", {}, "a bar covers every day that its date allows"));
}
// What lies far down is drawn once the top is on the screen.
const lower = () => { network(); coverage(); };
let queued = 0;
drawers.push(timeline, () => eventList.start(chosen), () => {
  clearTimeout(queued);
  queued = setTimeout(lower, 30);
});
header();
prepareFilter();
filter();
prepareEntities();
documents();
diagnostics();
removals();
byId("c-rows").addEventListener("change", coverage);
let resized = 0, width = window.innerWidth;
window.addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => { if (window.innerWidth !== width) { width = window.innerWidth; timeline(); lower(); } }, 200);
});
window.addEventListener("hashchange", openNamed);
openNamed();
document.documentElement.dataset.ready = "yes";
