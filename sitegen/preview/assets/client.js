// Shows what the last build found. The news come by livereload's script, which is loaded here.
(() => {
  "use strict";

  const STATE = "/__sitegen/state.json";
  const HIDDEN = "sitegen-hidden"; // the build whose faults the reader does not want to see
  const FOLLOWS = "sitegen-follows"; // "no": this tab stays where it is, whatever is edited
  const OPEN = "sitegen-open"; // what was unfolded on the page that is being left
  const MENDED = "mended";
  let site = document.currentScript.dataset.site;
  let state = null;
  let words = null;
  let excerpts = [];

  // --- news -----------------------------------------------------------------------------------

  // livereload's script asks its plugins first; what they leave, it answers by loading anew.
  window.LiveReloadPluginSitegen = class {
    static identifier = "sitegen";
    static version = "1";
    reload(path) {
      if (path.endsWith(".css")) swapStylesheets();
      else refresh(true);
      return true;
    }
    analyze() {
      return {};
    }
  };

  async function ask() {
    try {
      const answer = await fetch(STATE);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null; // the preview has ended
    }
  }

  const version = (now) => `${now.session}-${now.site}`;

  async function refresh(isNews = false) {
    const told = await ask();
    if (!told) return;
    const { state: now } = told;
    if (version(now) === site) show(told);
    else if (isNews && now.page && follows() && now.page !== location.pathname) location.assign(now.page);
    else location.reload();
  }

  const follows = () => sessionStorage.getItem(FOLLOWS) !== "no";

  async function swapStylesheets() {
    const told = await ask();
    if (!told) return;
    const swapped = told.state.stylesheets.map(swap);
    if (!swapped.some(Boolean)) return location.reload();
    site = version(told.state);
    show(told);
  }

  // Published names carry a hash of the content: site.1a2b3c4d.css.
  const family = (address) => address.replace(/\.[0-9a-f]{8,}(?=\.css$)/, "");

  function swap(address) {
    const links = [...document.querySelectorAll('link[rel="stylesheet"]')].filter(
      (link) => family(new URL(link.href).pathname) === family(address),
    );
    for (const old of links) {
      // A name that is a hash of what it names was swapped before its pages were built.
      if (new URL(old.href).pathname === address && address !== family(address)) continue;
      const fresh = old.cloneNode();
      fresh.href = `${address}?${site}`;
      fresh.addEventListener("load", () => old.remove());
      old.after(fresh);
    }
    return links.length > 0;
  }

  // --- overlay --------------------------------------------------------------------------------

  const host = document.createElement("sitegen-preview"); // keeps the site's style out of ours
  const root = host.attachShadow({ mode: "open" });
  const style = make("link", { rel: "stylesheet", href: "/__sitegen/client.css" });
  const badge = make("button", { type: "button", className: "badge", hidden: true });
  const dialog = make("dialog", { role: "alertdialog" });
  dialog.setAttribute("aria-labelledby", "title");
  root.append(style, badge, dialog);
  badge.addEventListener("click", () => open());
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== MENDED) sessionStorage.setItem(HIDDEN, round(state));
  });

  function make(name, properties = {}, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  const round = (now) => `${now.session}-${now.round}`;
  const count = (number, [one, several]) => `${number} ${number === 1 ? one : several}`;

  function show(told) {
    state = told.state;
    words = told.words;
    excerpts = told.excerpts;
    host.lang = words.language;
    label(summary() || words.preview, state.is_sound ? (summary() ? "" : "quiet") : "bad");
    if (!state.is_sound && sessionStorage.getItem(HIDDEN) !== round(state)) open();
    else if (dialog.open && !summary()) dialog.close(MENDED);
    else if (dialog.open) fill();
  }

  function summary() {
    const found = [];
    if (state.errors || state.fault) found.push(count(state.errors || 1, words.error));
    if (state.warnings) found.push(count(state.warnings, words.warning));
    return found.join(", ");
  }

  function label(text, kind) {
    badge.textContent = text;
    badge.hidden = false;
    badge.className = `badge ${kind}`;
  }

  function open() {
    if (!state) return;
    fill();
    if (dialog.open) return;
    dialog.returnValue = "";
    dialog.showModal();
  }

  function fill() {
    const title = state.is_sound ? summary() || words.preview : `${words.not_built}: ${summary()}`;
    const note = state.is_sound ? (summary() ? words.worth_a_look : words.fine) : words.broken;
    const hide = make("button", { type: "button", className: "hide" }, words.hide, make("kbd", {}, "Esc"));
    hide.addEventListener("click", () => dialog.close());
    hide.setAttribute("aria-label", words.hide);
    const left = state.errors + state.warnings - state.findings.length;
    const items = state.findings.map((finding, n) => item(finding, excerpts[n]));
    if (state.fault) items.unshift(item({ severity: "error", what: state.fault }));
    dialog.classList.toggle("bad", !state.is_sound);
    dialog.replaceChildren(
      make("header", {}, make("h2", { id: "title" }, title), hide),
      make("p", { className: "note" }, note),
      ...(items.length ? [make("ol", {}, ...items)] : []),
      ...(left > 0 ? [make("p", { className: "note" }, words.more.replace("{n}", left))] : []),
      followSwitch(),
    );
  }

  function followSwitch() {
    const box = make("input", { type: "checkbox", checked: follows() });
    box.addEventListener("change", () => sessionStorage.setItem(FOLLOWS, box.checked ? "yes" : "no"));
    return make("label", { className: "follow" }, box, words.follow);
  }

  function item(finding, excerpt) {
    const { path, line, severity, what, mend, code } = finding;
    const entry = make("li", { className: severity });
    const add = (name, className, ...children) =>
      entry.append(make(name, { className }, ...children));
    if (path) add("p", "place", path, ...(line ? [make("span", { className: "line" }, `:${line}`)] : []));
    const kind = make("span", { className: "severity" }, `${words[severity][0]}: `);
    add("p", "what", kind, make("span", { lang: "en" }, ...rich(what)));
    if (excerpt) add("pre", "", excerpt);
    if (mend) add("p", "mend", make("span", { lang: "en" }, ...rich(mend)));
    if (code) add("p", "code", code);
    return entry;
  }

  // What stands between `backticks` is to be written like that.
  function rich(text) {
    return text.split(/`([^`]+)`/).map((part, n) => (n % 2 ? make("code", {}, part) : part));
  }

  // --- what the reader had unfolded -----------------------------------------------------------

  const folds = () => [...document.querySelectorAll("details")];

  function rememberFolds() {
    const open = folds().map((each) => each.open);
    sessionStorage.setItem(OPEN, JSON.stringify({ page: location.pathname, open }));
  }

  function restoreFolds() {
    const [{ type }] = performance.getEntriesByType("navigation");
    const { page, open } = JSON.parse(sessionStorage.getItem(OPEN) ?? "{}");
    if (type !== "reload" || page !== location.pathname) return;
    folds().forEach((each, n) => (each.open = open[n] ?? each.open));
  }

  // --- start ----------------------------------------------------------------------------------

  restoreFolds(); // before the browser scrolls to where the reader was
  window.addEventListener("pagehide", rememberFolds);
  document.documentElement.append(host);
  document.addEventListener("LiveReloadConnect", () => {
    host.dataset.live = "";
    refresh(); // makes good what happened before
  });
  document.addEventListener("LiveReloadDisconnect", () => {
    if (!("live" in host.dataset)) return; // it never was connected, or this is a second try
    delete host.dataset.live;
    if (words) label(words.ended, "bad");
  });
  window.addEventListener("pageshow", (event) => event.persisted && refresh());
  const port = location.port || "80";
  const address = `host=${location.hostname}&port=${port}&mindelay=200&maxdelay=2000`;
  document.head.append(make("script", { src: `/__sitegen/livereload.js?${address}` }));
  refresh();
})();
