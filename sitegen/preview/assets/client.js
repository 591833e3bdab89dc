// Shows what the last build found. The news come by livereload's script, which is loaded here.
(() => {
  "use strict";

  const STATE = "/__sitegen/state.json";
  const HIDDEN = "sitegen-hidden"; // the build whose faults the reader does not want to see
  const MENDED = "mended";
  let site = document.currentScript.dataset.site;
  let state = null;

  // --- news -----------------------------------------------------------------------------------

  // livereload's script asks its plugins first; what they leave, it answers by loading anew.
  window.LiveReloadPluginSitegen = class {
    static identifier = "sitegen";
    static version = "1";
    reload(path) {
      if (path === STATE) refresh();
      else if (path.endsWith(".css")) swapStylesheets();
      else return false;
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

  async function refresh() {
    const now = await ask();
    if (!now) return;
    if (version(now) === site) show(now);
    else location.reload();
  }

  async function swapStylesheets() {
    const now = await ask();
    if (!now) return;
    const swapped = now.stylesheets.map(swap);
    if (!swapped.some(Boolean)) return location.reload();
    site = version(now);
    show(now);
  }

  // Published names carry a hash of the content: site.1a2b3c4d.css.
  const family = (address) => address.replace(/\.[0-9a-f]{8,}(?=\.css$)/, "");

  function swap(address) {
    const links = [...document.querySelectorAll('link[rel="stylesheet"]')].filter(
      (link) => family(new URL(link.href).pathname) === family(address),
    );
    for (const old of links) {
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
  host.lang = "en";
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
  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

  function show(now) {
    state = now;
    label(summary(now), !now.is_sound);
    if (!now.is_sound && sessionStorage.getItem(HIDDEN) !== round(now)) open();
    else if (dialog.open && !summary(now)) dialog.close(MENDED);
    else if (dialog.open) fill();
  }

  function summary(now) {
    const words = [];
    if (now.errors || now.fault) words.push(count(now.errors || 1, "error"));
    if (now.warnings) words.push(count(now.warnings, "warning"));
    return words.join(", ");
  }

  function label(text, isBad) {
    badge.textContent = text;
    badge.hidden = text === "";
    badge.classList.toggle("bad", isBad);
  }

  function open() {
    if (!state || !summary(state)) return;
    fill();
    if (dialog.open) return;
    dialog.returnValue = "";
    dialog.showModal();
  }

  function fill() {
    const title = state.is_sound ? summary(state) : `Not built: ${summary(state)}`;
    const note = state.is_sound
      ? "The page is up to date; these are worth a look."
      : "The page behind this is the last good one. Mend what is listed and save: this goes away by itself.";
    const hide = make("button", { type: "button", className: "hide" }, "Hide", make("kbd", {}, "Esc"));
    hide.addEventListener("click", () => dialog.close());
    hide.setAttribute("aria-label", "Hide");
    const left = state.errors + state.warnings - state.remarks.length;
    const items = state.remarks.map(([finding, excerpt]) => item(finding, excerpt));
    if (state.fault) items.unshift(item({ severity: "error", what: state.fault }));
    dialog.classList.toggle("bad", !state.is_sound);
    dialog.replaceChildren(
      make("header", {}, make("h2", { id: "title" }, title), hide),
      make("p", { className: "note" }, note),
      make("ol", {}, ...items),
      ...(left > 0 ? [make("p", { className: "note" }, `… and ${left} more`)] : []),
    );
  }

  function item(finding, excerpt) {
    const { path, line, severity, what, mend, code } = finding;
    const entry = make("li", { className: severity });
    const add = (name, className, ...children) =>
      entry.append(make(name, { className }, ...children));
    if (path) add("p", "place", path, ...(line ? [make("span", { className: "line" }, `:${line}`)] : []));
    add("p", "what", make("span", { className: "severity" }, `${severity}: `), ...rich(what));
    if (excerpt) add("pre", "", excerpt);
    if (mend) add("p", "mend", make("span", {}, ...rich(mend)));
    if (code) add("p", "code", code);
    return entry;
  }

  // What stands between `backticks` is to be written like that.
  function rich(text) {
    return text.split(/`([^`]+)`/).map((part, n) => (n % 2 ? make("code", {}, part) : part));
  }

  // --- start ----------------------------------------------------------------------------------

  document.documentElement.append(host);
  document.addEventListener("LiveReloadConnect", () => {
    host.dataset.live = "";
    refresh(); // makes good what happened before
  });
  document.addEventListener("LiveReloadDisconnect", () => {
    if (!("live" in host.dataset)) return; // it never was connected, or this is a second try
    delete host.dataset.live;
    label("The preview has ended", true);
  });
  window.addEventListener("pageshow", (event) => event.persisted && refresh());
  const port = location.port || "80";
  const address = `host=${location.hostname}&port=${port}&mindelay=200&maxdelay=2000`;
  document.head.append(make("script", { src: `/__sitegen/livereload.js?${address}` }));
  refresh();
})();
