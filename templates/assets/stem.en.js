// English stems as Snowball makes them: the same as sitegen's for every word.
const vowel = "[aeiouy]";
const other = "[^aeiouy]";
const short = new RegExp(`(?:^${vowel}${other}|${other}${vowel}[^aeiouywxY]|past)$`);
const special = Object.fromEntries(
  `skis:ski skies:sky sky:sky idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl news:news howe:howe
  inning:inning outing:outing canning:canning herring:herring earring:earring
  evening:evening atlas:atlas cosmos:cosmos bias:bias andes:andes`.split(/\s+/).map((pair) => pair.split(":")),
);
const later = {
  tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize", ational: "ate",
  ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulness: "ful", ousli: "ous", ousness: "ous",
  iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", fulli: "ful", lessli: "less", ogi: "og", ogist: "og", li: "",
};
const last = {
  tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "", ative: "",
};
const dropped = "al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion".split(" ");
const longest = (word, list) => list.filter((ending) => word.endsWith(ending)).sort((a, b) => b.length - a.length)[0];
const behind = (word, from) => {
  const found = word.slice(from).search(new RegExp(`${vowel}${other}`));
  return found < 0 ? word.length : from + found + 2;
};

export function stem(word) {
  if (word.length < 3) return word;
  if (Object.hasOwn(special, word)) return special[word];
  word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const start = /^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter)/.exec(word)?.[0].length ?? behind(word, 0);
  const second = behind(word, start);
  const within = (ending, from) => word.length - ending.length >= from;
  const cut = (ending, by = "") => (word = word.slice(0, word.length - ending.length) + by);
  const hasVowel = (text) => new RegExp(vowel).test(text);

  // Plurals
  if (word.endsWith("sses")) cut("es");
  else if (/ie[ds]$/.test(word)) cut("ies", word.length > 4 ? "i" : "ie");
  else if (/[^us]s$/.test(word) && hasVowel(word.slice(0, -2))) cut("s");

  // Pasts and present participles
  const past = longest(word, ["eed", "eedly", "ed", "edly", "ing", "ingly"]);
  if (past?.startsWith("eed")) {
    if (within(past, start) && !/^(?:proc|exc|succ)eed/.test(word)) cut(past, "ee");
  } else if (past && hasVowel(word.slice(0, -past.length))) {
    cut(past);
    if (/(?:at|bl|iz)$/.test(word)) word += "e";
    else if (past === "ing" && /^[^aeiou][yY]$/.test(word)) cut("y", "ie");
    else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) word = word.replace(/^([aeo]..)$|.$/, "$1");
    else if (word.length === start && short.test(word)) word += "e";
  }
  if (new RegExp(`.${other}[yY]$`).test(word)) cut("y", "i");

  // Endings of derived words, from the outside in
  const outer = longest(word, Object.keys(later));
  if (outer && within(outer, start)) {
    const before = word.at(-outer.length - 1);
    if (outer === "ogi" ? before === "l" : outer !== "li" || /[cdeghkmnrt]/.test(before)) cut(outer, later[outer]);
  }
  const inner = longest(word, Object.keys(last));
  if (inner && within(inner, inner === "ative" ? second : start)) cut(inner, last[inner]);
  const drop = longest(word, dropped);
  if (drop && within(drop, second) && (drop !== "ion" || /[st]ion$/.test(word))) cut(drop);

  if (word.endsWith("e")) {
    const rest = word.slice(0, -1);
    if (within("e", second) || (within("e", start) && !short.test(rest))) cut("e");
  } else if (word.endsWith("ll") && within("l", second)) cut("l");
  return word.replaceAll("Y", "y");
}
