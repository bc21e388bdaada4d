// The data of the page, from columns back to rows.
const data = JSON.parse(byId("data").textContent);
const QUADS = {
  "verbal cooperation": "--verbal-cooperation", "material cooperation": "--material-cooperation",
  "verbal conflict": "--verbal-conflict", "material conflict": "--material-conflict",
};
const word = (column, i) => column.words[column.codes[i]];
const languageLists = data.events.languages.words.map((list) => list.split("|").filter(Boolean));

const events = data.events.id.map((id, index) => {
  const e = data.events, from = e.from[index], to = e.to[index];
  return {
    index, id, edtf: e.edtf[index], label: e.label[index],
    from: from === null ? to === null ? NaN : to : from, to: to === null ? from === null ? NaN : from : to,
    precision: word(e.precision, index), type: word(e.type, index), mode: word(e.mode, index),
    quad: word(e.quad, index), modality: word(e.modality, index), status: word(e.status, index),
    languages: languageLists[e.languages.codes[index]], place: e.place[index],
    participants: e.participants[index], mentions: [], search: null,
  };
});
data.mentions.event.forEach((event, i) => { if (event >= 0) events[event].mentions.push(i); });
const documentMentions = new Array(data.documents.length).fill(0);
data.mentions.document.forEach((d) => { documentMentions[d]++; });
const entityById = new Map(data.entities.map((e) => [e.id, e]));

function mention(i) {
  const m = data.mentions, s = m.sentence[i];
  return {
    document: data.documents[m.document[i]], text: s < 0 ? "" : m.sentences[s], language: s < 0 ? "" : word(m.languages, s),
    time: m.time[i], trigger: m.trigger[i], edtf: m.edtf[i], basis: word(m.basis, i), confidence: word(m.confidence, i),
  };
}
function searchText(event) {
  if (event.search === null) {
    const texts = event.mentions.map((i) => data.mentions.sentence[i]).map((s) => s < 0 ? "" : data.mentions.sentences[s]);
    event.search = [event.label, event.id, ...texts].join("\n").toLowerCase();
  }
  return event.search;
}
function color(event) { return "var(" + (QUADS[event.quad] || "--neutral") + ")"; }
