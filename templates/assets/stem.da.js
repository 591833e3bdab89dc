// Danish stems as Snowball makes them: the same as sitegen's for every word.
const vowels = "aeiouyæåø";
const doubled = "bdfgklmnprst";
const sEndings = "abcdfghjklmnoprtvyzå";
const endings = `erendes erende hedens erede erens heden heder endes ernes eres erets ethed ered ende erne eren erer
  heds enes eret hed ene ere ens ers ets en er es et e`.split(/\s+/).sort((a, b) => b.length - a.length);

function region(word) {
  const all = [...word];
  const vowel = all.findIndex((letter) => vowels.includes(letter));
  const after = all.findIndex((letter, at) => at > vowel && !vowels.includes(letter));
  return vowel < 0 || after < 0 ? word.length : Math.max(3, after + 1);
}

export function stem(word) {
  const start = region(word);
  const ends = (ending) => word.length - ending.length >= start && word.endsWith(ending);
  const cut = (ending) => (word = word.slice(0, word.length - ending.length));
  const shorten = () => {
    if (["gd", "dt", "gt", "kt"].some(ends)) cut("x");
  };

  const ending = endings.find(ends);
  if (ending) cut(ending);
  else if (ends("s") && sEndings.includes(word.at(-2) ?? " ")) cut("s");
  shorten();
  if (word.endsWith("igst")) cut("st");
  const later = ["elig", "løst", "els", "lig", "ig"].find(ends);
  if (later === "løst") cut("t");
  else if (later) {
    cut(later);
    shorten();
  }
  if (word.length > start && word.at(-1) === word.at(-2) && doubled.includes(word.at(-1))) cut("x");
  return word;
}

// Words so short that Snowball leaves them as they are: "byer", "søen", "træerne".
export const short = (word) => word.replace(/^([^aeiouy]*[aeiouy]+)e(?:ns?|rs?|ts?|rnes?)$/, "$1");

// "flyttede" has the stem "flytted", "flytter" has "flyt": the second is found for the first.
export const related = (stem) => stem.replace(/(.)\1?ed$/, "$1");
