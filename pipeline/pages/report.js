"use strict";
// The page works without a network and from a file: everything is in it. Text of decisions goes into textContent alone.
(() => {
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const make = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };

  // --- plots ---------------------------------------------------------------------------------------------------

  const views = {};
  const narrow = window.innerWidth < 640;
  for (const [id, spec] of Object.entries(json("plots"))) {
    if (narrow) spec.config.axis.labelLimit = 140;
    const options = { renderer: "svg", actions: { export: true, source: false, compiled: false, editor: false } };
    vegaEmbed("#" + id, spec, options).then((made) => {
      views[id] = made.view;
      document.querySelector(`#${id} summary`).setAttribute("aria-label", "Save this plot");
      document.documentElement.dataset.plots = Object.keys(views).length;
    });
  }
  for (const form of document.querySelectorAll("form[data-plots]")) {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => {
      const { name, value, max } = event.target;
      const most = Math.min(Math.max(Number(value) || 1, 1), Number(max));
      for (const id of form.dataset.plots.split(" ")) {
        const view = views[id];
        if (!view || (name === "most" && !id.endsWith("-dots"))) continue;
        if (name === "most") view.height(20 * most); // as pipeline/report.py sets it
        view.signal(name, name === "most" ? most : value.trim()).runAsync();
      }
    });
  }

  // --- the table of decisions ----------------------------------------------------------------------------------

  const PAGE = 50;
  const decisions = json("data").rows.map((row) => {
    const [id, reference, council, category, outcome, date, total, complete, improvements, warnings, summary, items] = row;
    const payments = items.filter(([, amount]) => amount !== "").length;
    const check = complete ? warnings : ["total is a part", ...warnings];
    const words = [id, reference, council, summary].join("\n").toLowerCase();
    return { id, reference: reference || id, council, category, outcome, date, total, complete, improvements, check, summary, items, payments, words };
  });
  const table = document.getElementById("table");
  const filters = document.getElementById("filters");
  let sorted = { column: "date", down: true };
  let start = 0;

  const pounds = (value) => "£" + value.toLocaleString("en-GB", { minimumFractionDigits: value % 1 ? 2 : 0, maximumFractionDigits: 2 });
  const key = (decision, column) => {
    if (column === "check") return decision.check.join(", ");
    return decision[column];
  };
  const compare = (a, b) => {
    const [x, y] = [key(a, sorted.column), key(b, sorted.column)];
    if (x === y) return 0;
    if (x === "" || y === "") return x === "" ? 1 : -1; // what is unknown comes last, either way
    const order = typeof x === "number" ? x - y : x.localeCompare(y, "en-GB");
    return sorted.down ? -order : order;
  };

  const choose = (name, values) => {
    for (const value of [...new Set(values)].filter(Boolean).sort()) filters[name].append(make("option", { value }, value));
  };
  choose("category", decisions.map((d) => d.category));
  choose("outcome", decisions.map((d) => d.outcome));
  choose("year", decisions.map((d) => d.date.slice(0, 4)));

  const kept = () => {
    const words = filters.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    return decisions
      .filter(
        (d) =>
          words.every((word) => d.words.includes(word)) &&
          (!filters.category.value || d.category === filters.category.value) &&
          (!filters.outcome.value || d.outcome === filters.outcome.value) &&
          (!filters.year.value || d.date.startsWith(filters.year.value)) &&
          (!filters.paid.checked || d.payments) &&
          (!filters.check.checked || d.check.length),
      )
      .sort(compare);
  };

  const more = (decision) => {
    const cell = make("td", { colspan: 9 });
    if (decision.summary) cell.append(make("p", {}, decision.summary));
    if (!decision.payments) cell.append(make("p", {}, "No payments."));
    const list = make("ul");
    for (const [kind, amount, recipient, paragraph, warnings, quote] of decision.items) {
      const what = [kind, amount ?? "no figure in the text", recipient && `for ${recipient}`, paragraph && `paragraph ${paragraph}`];
      const check = warnings ? [make("b", {}, `, to check: ${warnings}`)] : [];
      list.append(make("li", {}, what.filter(Boolean).join(", "), ...check, ": ", make("q", {}, quote)));
    }
    if (decision.items.length) cell.append(list);
    return make("tr", { class: "more" }, cell);
  };

  const row = (decision) => {
    const open = make("button", { "aria-expanded": "false" }, decision.reference);
    const part = make("abbr", { title: "Only a part: some payment has no figure in the text" }, "+");
    const made = make(
      "tr",
      {},
      make("th", { scope: "row" }, open),
      make("td", {}, decision.council),
      make("td", {}, decision.category),
      make("td", {}, decision.outcome),
      make("td", { class: "date" }, decision.date),
      make("td", { class: "n" }, pounds(decision.total), decision.complete ? "" : part),
      make("td", { class: "n" }, String(decision.payments)),
      make("td", { class: "n" }, String(decision.improvements)),
      make("td", {}, decision.check.join(", ")),
    );
    open.addEventListener("click", () => {
      const shown = open.getAttribute("aria-expanded") === "true";
      open.setAttribute("aria-expanded", String(!shown));
      if (shown) made.nextElementSibling.remove();
      else made.after(more(decision));
    });
    return made;
  };

  const show = () => {
    const found = kept();
    if (start >= found.length) start = 0;
    const end = Math.min(start + PAGE, found.length);
    table.tBodies[0].replaceChildren(...found.slice(start, end).map(row));
    const sum = found.reduce((total, d) => total + Math.round(d.total * 100), 0) / 100;
    const part = found.filter((d) => !d.complete).length;
    document.getElementById("count").textContent =
      `${found.length.toLocaleString("en-GB")} of ${decisions.length.toLocaleString("en-GB")} decisions, remedies ${pounds(sum)} together` +
      (part ? `, and what ${part.toLocaleString("en-GB")} of them leave without a figure.` : ".");
    document.getElementById("page").textContent = found.length ? `Rows ${start + 1} to ${end} of ${found.length}` : "No rows";
    document.getElementById("earlier").disabled = start === 0;
    document.getElementById("later").disabled = end >= found.length;
  };

  for (const button of table.tHead.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const column = button.dataset.column;
      const numbers = ["total", "payments", "improvements", "date"].includes(column);
      sorted = { column, down: sorted.column === column ? !sorted.down : numbers };
      for (const head of table.tHead.querySelectorAll("th")) head.removeAttribute("aria-sort");
      button.closest("th").setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      start = 0;
      show();
    });
  }
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("input", () => ((start = 0), show()));
  filters.addEventListener("reset", () => setTimeout(() => ((start = 0), show())));
  document.getElementById("earlier").addEventListener("click", () => ((start = Math.max(0, start - PAGE)), show()));
  document.getElementById("later").addEventListener("click", () => ((start += PAGE), show()));
  show();
})();
