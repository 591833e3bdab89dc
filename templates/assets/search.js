// The search page. It reads the files of the index that a query needs, and shows what it finds.
// sitegen makes the index: what `fold` and `words` do is what sitegen/terms.py did to the articles.

const LETTERS = { æ: "ae", ø: "o", œ: "o", ß: "ss", ð: "d", þ: "th", ł: "l", đ: "d", ı: "i", "\u00ad": "" };
const KEY = 3; // letters that terms of one file have in common
const CLASSES = 4; // a value is the number of an article times this, plus 3 headline, 2 summary, 1 text
const FIRST_DAY = Date.UTC(2000, 0, 1);
const DAY = 86_400_000;
const SHOWN = 10;
const SNIPPET = 200;
const PAUSE = 150; // milliseconds without a key before a query is asked

export function fold(text) {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("aa", "a")
    .replaceAll("oe", "o")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]+/g, "")
    .toLowerCase()
    .replace(/[æøœßðþłđı\u00ad]/g, (letter) => LETTERS[letter])
    .replace(/(\d)[.,](?=\d{3}(?!\d))/g, "$1");
}

export const words = (text) =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => /^\d/.test(word) || [...word].length > 1);

export class Language {
  constructor(ignored, stemmer = {}) {
    this.ignored = new Set(words(ignored));
    this.short = stemmer.short ?? ((word) => word);
    this.once = stemmer.stem ?? ((word) => word);
    this.related = stemmer.related ?? ((stem) => stem);
  }

  stem(word) {
    word = this.short(word);
    for (let shorter; (shorter = this.once(word)) !== word; ) word = shorter;
    return word;
  }

  terms(text) {
    const said = words(text).filter((word) => !this.ignored.has(word));
    return [...new Set(said.map((word) => this.stem(word)))];
  }
}

// How well a term of a text answers one of a query: 2 the same, 1 a longer word or another form, 0 not at all.
export function likeness(term, sought, related = sought) {
  if (term === sought) return 2;
  if (/^\d/.test(sought) || sought.length < KEY) return 0;
  const isLonger = term.startsWith(sought) && term.length - sought.length >= (sought.length > KEY ? 1 : KEY);
  return isLonger || (related.length > KEY && term === related) ? 1 : 0;
}

export class Index {
  constructor(folder, language) {
    this.folder = folder;
    this.language = language;
    this.files = new Map();
  }

  async read(name, options) {
    const response = await fetch(new URL(`${name}.json`, this.folder), options);
    if (!response.ok) throw new Error(`${response.status} ${response.url}`);
    return response.json();
  }

  // A file of the index; each is read once.
  async file(name) {
    this.directory ??= this.read("index", { cache: "no-cache" });
    const { folder } = await this.directory;
    if (!this.files.has(name)) this.files.set(name, this.read(`${folder}/${name}`));
    return this.files.get(name);
  }

  async search(query) {
    const terms = this.language.terms(query);
    try {
      return await this.find(terms);
    } catch {
      this.directory = undefined; // the site may have been published anew, with another layout
      this.files.clear();
      return this.find(terms);
    }
  }

  // The numbers of the articles that have all terms, or else the most of them: the best first, then the newest.
  async find(terms) {
    const found = new Map();
    for (const scores of await Promise.all(terms.map((term) => this.scores(term)))) {
      for (const [number, score] of scores) {
        const [count, sum] = found.get(number) ?? [0, 0];
        found.set(number, [count + 1, sum + score]);
      }
    }
    const most = Math.max(0, ...new Set([...found.values()].map(([count]) => count)));
    const best = [...found].filter(([, [count]]) => count === most);
    best.sort(([a, [, x]], [b, [, y]]) => y - x || b - a);
    return { terms, isWhole: most === terms.length, numbers: best.map(([number]) => number) };
  }

  async scores(term) {
    let key = 0;
    for (const letter of [...term].slice(0, KEY)) key = (key * 31 + letter.codePointAt(0)) % 65_536;
    const { shards } = await (this.directory ??= this.read("index", { cache: "no-cache" }));
    const shard = await this.file(`t${key % shards}`);
    const best = [new Map(), new Map(), new Map()]; // by likeness, the best class in which each article has the term
    const note = (values, like) => {
      let value = 0;
      for (const step of [values].flat()) {
        value = value ? value - step : step;
        const number = Math.floor(value / CLASSES);
        const own = value - number * CLASSES;
        if (own > (best[like].get(number) ?? 0)) best[like].set(number, own);
      }
    };
    const related = this.language.related(term);
    for (const [word, values] of Object.entries(shard.words)) {
      const like = likeness(word, term, related);
      if (like) note(values, like);
    }
    for (const [part, values] of Object.entries(shard.parts)) {
      if (likeness(part, term)) note(values, 1);
    }
    const scores = new Map(best[1]);
    for (const [number, own] of best[2]) scores.set(number, own * CLASSES + (scores.get(number) ?? 0));
    return scores;
  }

  async document(number) {
    const { buckets, places } = await this.directory;
    const bucket = await this.file(`d${number - Math.floor(number / buckets) * buckets}`);
    const [address, title] = bucket[number] ?? [];
    return address && { address, title, date: new Date(FIRST_DAY + Math.floor(number / places) * DAY) };
  }
}

// A text in pieces, each with the number of the term that it answers; -1 for what lies between.
export function pieces(text, terms, language) {
  const found = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}\u00ad]+(?:[.,]\d{3}(?!\d))*/gu)) {
    const own = language.terms(word);
    const hit = terms.findIndex((sought) =>
      own.some((term) => likeness(term, sought, language.related(sought)) || term.indexOf(sought) >= KEY - 1),
    );
    if (hit < 0) continue;
    found.push([text.slice(end, index), -1], [word, hit]);
    end = index + word.length;
  }
  return [...found, [text.slice(end), -1]].filter(([piece]) => piece);
}

// The part of a text in which most of the terms stand close together.
export function snippet(text, terms, language) {
  const hits = [];
  let at = 0;
  for (const [piece, hit] of pieces(text, terms, language)) {
    if (hit >= 0) hits.push([at, hit]);
    at += piece.length;
  }
  const near = ([start]) => new Set(hits.filter(([at]) => at >= start && at < start + SNIPPET / 2).map(([, hit]) => hit));
  const best = hits.reduce((best, hit) => (near(hit).size > near(best).size ? hit : best), hits[0] ?? [0]);
  let start = Math.max(0, best[0] - SNIPPET / 3);
  const sentence = text.slice(start, best[0]).search(/[^\d\s][.!?·]”?\s+[^.!?·]*$/);
  if (sentence >= 0) start += text.slice(start + sentence).search(/\s/) + sentence;
  else if (start) start = text.indexOf(" ", start);
  const end = text.length <= start + SNIPPET * 1.2 ? text.length : text.lastIndexOf(" ", start + SNIPPET);
  const isWhole = sentence >= 0 || !start;
  return `${isWhole ? "" : "… "}${text.slice(start, end).trim()}${end < text.length ? " …" : ""}`;
}

const element = (name, attributes, ...children) => {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
};

class SearchPage {
  constructor(form, language) {
    this.form = form;
    this.field = form.elements.q;
    this.status = document.getElementById("found");
    this.list = document.getElementById("results");
    this.more = document.getElementById("more");
    this.said = this.status.dataset;
    this.locale = form.dataset.locale;
    this.plural = new Intl.PluralRules(this.locale);
    this.day = new Intl.DateTimeFormat(this.locale, { dateStyle: "long", timeZone: "UTC" });
    this.language = language;
    this.index = new Index(new URL(".", location.href), language);
    this.isTyping = false;
  }

  begin() {
    document.getElementById("scriptless").remove();
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    this.field.addEventListener("change", () => this.settle());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.settle();
    });
    this.more.addEventListener("click", async () => {
      const before = this.list.children.length;
      await this.show();
      this.list.children[before]?.querySelector("a").focus();
    });
    addEventListener("popstate", () => this.restore());
    this.restore();
  }

  // What is typed stands in the address: a new entry of the history for each query, not for each letter.
  note() {
    const address = new URL(location.href);
    if (this.field.value) address.searchParams.set("q", this.field.value);
    else address.searchParams.delete("q");
    if (address.href === location.href) return;
    history[this.isTyping ? "replaceState" : "pushState"](null, "", address);
    this.isTyping = true;
  }

  async settle() {
    clearTimeout(this.timer);
    await this.ask();
    this.isTyping = false;
  }

  restore() {
    this.isTyping = false;
    this.field.value = new URL(location.href).searchParams.get("q") ?? "";
    return this.ask();
  }

  async ask() {
    this.note();
    const query = this.field.value.trim();
    if (query === this.query) return;
    this.query = query;
    try {
      const found = await this.index.search(query);
      if (query === this.query) await this.answer(found);
    } catch {
      this.query = undefined; // asked again, it may succeed
      this.empty(this.said.failed);
    }
  }

  empty(status) {
    this.list.replaceChildren();
    this.more.hidden = true;
    this.status.textContent = status;
  }

  async answer({ terms, isWhole, numbers }) {
    this.terms = terms;
    this.numbers = numbers;
    if (!this.query) return this.empty("");
    const fill = (text) => text.replaceAll("{n}", numbers.length).replaceAll("{query}", () => this.query);
    if (!numbers.length) return this.empty(fill(this.said.none));
    const items = await this.items(numbers.slice(0, SHOWN));
    if (this.terms !== terms) return;
    const count = this.said[this.plural.select(numbers.length)] ?? this.said.other;
    this.empty(`${isWhole ? "" : `${this.said.some} `}${fill(count)}`);
    this.append(items);
  }

  async show() {
    const shown = this.list.children.length;
    this.append(await this.items(this.numbers.slice(shown, shown + SHOWN)));
  }

  append(items) {
    this.list.append(...items.filter(Boolean));
    this.more.hidden = this.list.children.length >= this.numbers.length || !items.some(Boolean);
  }

  items(numbers) {
    return Promise.all(numbers.map(async (number) => this.item(await this.index.document(number))));
  }

  item(found) {
    if (!found) return undefined; // withdrawn since the list was made
    const url = new URL(`../${found.address}`, location.href);
    const summary = element("p", { className: "summary" });
    const time = element("time", { dateTime: found.date.toISOString().slice(0, 10) }, this.day.format(found.date));
    const link = element("a", { href: url.pathname }, ...this.marked(found.title));
    this.quote(url, summary);
    return element(
      "li",
      {},
      element("p", { className: "meta" }, time),
      element("div", {}, element("h2", {}, link), summary),
    );
  }

  // The words around the hit, read from the article itself.
  async quote(url, summary) {
    const terms = this.terms;
    try {
      const response = await fetch(url);
      const article = new DOMParser().parseFromString(await response.text(), "text/html");
      const blocks = [...article.querySelectorAll("main .lead, main .text > *, main .fact > *")];
      const said = blocks.map((block) => block.textContent.trim().replace(/\s+/g, " ")).filter(Boolean);
      const text = said.reduce((before, block) => `${before}${/[.!?:”]$/.test(before) ? " " : " · "}${block}`);
      summary.append(...this.marked(snippet(text, terms, this.language), terms));
    } catch {
      summary.remove(); // the headline still leads to the article
    }
  }

  marked(text, terms = this.terms) {
    return pieces(text, terms, this.language).map(([piece, hit]) => (hit < 0 ? piece : element("mark", {}, piece)));
  }
}

const form = document.querySelector("form[role=search]");
if (form) {
  const stemmer = form.dataset.stemmer ? await import(form.dataset.stemmer) : {};
  new SearchPage(form, new Language(form.dataset.ignored, stemmer)).begin();
}
