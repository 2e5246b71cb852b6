"use strict";
// Looks for the words of ?q= in window.PRESS_INDEX: [kind, address, title, line under it, other words].
(() => {
  const MOST = 60;
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2018\u2019]/g, "'").toLowerCase();
  const split = (text) => fold(text).split(/[^\p{L}\p{N}'£$€%]+/u).filter(Boolean);
  const query = new URLSearchParams(location.search).get("q") || "";
  const wanted = split(query);
  const status = document.getElementById("status");
  const results = document.getElementById("results");
  document.getElementById("find").value = query;
  if (!wanted.length) return;

  const begins = (words, word) => words.some((one) => one.startsWith(word));
  // 2 for each word in the title, 1 for each elsewhere, 0 as soon as one is nowhere.
  const score = ([, , title, under, other]) => {
    const inTitle = split(title);
    const elsewhere = split(under + " " + other);
    let sum = 0;
    for (const word of wanted) {
      if (begins(inTitle, word)) sum += 2;
      else if (begins(elsewhere, word)) sum += 1;
      else return 0;
    }
    return sum;
  };
  const found = (window.PRESS_INDEX || [])
    .map((entry, place) => ({ entry, place, rank: score(entry) }))
    .filter((one) => one.rank)
    .sort((a, b) => b.rank - a.rank || a.place - b.place);

  status.textContent = found.length
    ? `${found.length} found for “${query}”${found.length > MOST ? `, the first ${MOST} are shown` : ""}.`
    : `Nothing is found for “${query}” in the sources held.`;
  for (const { entry: [kind, address, title, under] } of found.slice(0, MOST)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    const line = document.createElement("p");
    line.className = "meta";
    line.textContent = under ? `${kind} · ${under}` : kind;
    item.append(link, line);
    results.append(item);
  }
})();
