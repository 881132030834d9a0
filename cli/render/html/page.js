// The page's own script: shows the data of the page and filters it. Every text gets in as text, never as markup.
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const text = (index) => (index === undefined ? "" : data.texts[index]);
  const byId = (id) => document.getElementById(id);

  /** An element with a class and children; children are elements or plain texts. */
  function make(name, className, ...children) {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== "" && child !== undefined));
    return element;
  }

  function link(href, label) {
    const element = make("a", "", label);
    element.href = href;
    return element;
  }

  const plural = (count, noun, many = `${noun}s`) => `${count} ${count === 1 ? noun : many}`;
  const severalProjects = data.projects.length > 1;

  const machinesOf = new Map();
  data.machines.forEach((machine, index) => {
    if (!machinesOf.has(machine.resource)) machinesOf.set(machine.resource, index);
  });
  const findingsOf = new Map();
  for (const finding of data.findings) {
    if (!findingsOf.has(finding.resource)) findingsOf.set(finding.resource, []);
    findingsOf.get(finding.resource).push(finding);
  }

  // Findings, by resource ------------------------------------------------------------------------------------------

  function findingItem(finding) {
    const policy = data.policies[finding.policy];
    const message = text(finding.message);
    // A list has its first entry on the second line.
    const [first] = message.replace(/:\n- /, ": ").split("\n");
    const standing = text(finding.standing);
    const summary = make(
      "summary",
      "",
      make("span", `badge ${standing}`, standing),
      make("strong", "", policy ? policy.name : ""),
      make("span", "severity", text(finding.severity)),
      make("span", "first", first),
    );
    const facts = make("p", "facts");
    if (finding.path !== undefined) facts.append(make("code", "", text(finding.path)), " · ");
    if (policy) facts.append(link(policy.url, "About this policy"));
    const details = make("details", "", summary, make("p", "message", message), facts);
    return make("li", standing, details);
  }

  function resourceItem(index, findings) {
    const resource = data.resources[index];
    const meta = make("p", "meta", make("span", "type", text(resource.type)));
    if (resource.within !== undefined) meta.append(` in ${text(resource.within)}`);
    if (resource.at !== undefined) meta.append(" · ", make("code", "", text(resource.at)));
    if (severalProjects) meta.append(` · ${data.projects[resource.project]}`);
    if (machinesOf.has(index)) meta.append(" · ", link(`#machine-${machinesOf.get(index)}`, "Its options"));
    const list = make("ul", "", ...findings.map(findingItem));
    return make("li", "resource", make("h3", "", text(resource.name)), meta, list);
  }

  /** What a filter is set to; the one for programs is not there where there is one program. */
  const set = (name) => byId(`filter-${name}`)?.value.trim().toLowerCase() ?? "";

  function filtered() {
    const [words, resource, policy] = ["text", "resource", "policy"].map(set);
    const [level, severity, program] = ["level", "severity", "program"].map(set);
    return data.findings.filter((finding) => {
      const { name, type, urn, project } = data.resources[finding.resource];
      const rule = data.policies[finding.policy]?.name ?? "";
      const all = `${text(finding.message)} ${rule} ${text(name)} ${text(type)} ${text(finding.path)}`.toLowerCase();
      return (
        (words === "" || words.split(/\s+/).every((word) => all.includes(word))) &&
        (resource === "" || text(name).toLowerCase().includes(resource) || text(urn).toLowerCase() === resource) &&
        (policy === "" || rule === policy) &&
        (level === "" || text(finding.standing) === level) &&
        (severity === "" || text(finding.severity) === severity) &&
        (program === "" || String(project) === program)
      );
    });
  }

  function showFindings() {
    const shown = filtered();
    const groups = new Map();
    for (const finding of shown) {
      if (!groups.has(finding.resource)) groups.set(finding.resource, []);
      groups.get(finding.resource).push(finding);
    }
    byId("list").replaceChildren(...[...groups].map(([index, findings]) => resourceItem(index, findings)));
    const all = data.findings.length;
    const of = shown.length === all ? plural(all, "finding") : `${shown.length} of ${plural(all, "finding")}`;
    const none = all === 0 ? "There are none." : "No finding matches. Clear the filters to see all.";
    byId("shown").textContent = shown.length === 0 ? none : `${of} in ${plural(groups.size, "resource")}`;
    expand(false);
  }

  const expandButton = byId("expand");
  function expand(open) {
    for (const details of byId("list").querySelectorAll("details")) details.open = open;
    expandButton.setAttribute("aria-pressed", String(open));
    expandButton.textContent = open ? "Collapse all" : "Expand all";
  }

  // Machines -------------------------------------------------------------------------------------------------------

  const STATES = { absent: "not set", unknown: "not known yet", inherited: "set elsewhere" };

  function valueCell(option) {
    const state = text(option.state);
    const cell = make("td", `value ${state}`);
    if (state === "known")
      cell.append(make("code", "", option.value === undefined ? "no valid value" : text(option.value)));
    else cell.append(STATES[state]);
    if (option.note !== undefined) cell.append(make("small", "", text(option.note)));
    if (option.fallback !== undefined) cell.append(make("small", "", `then ${text(option.fallback)}`));
    return cell;
  }

  function placeCell(option, machine) {
    const owner = data.resources[option.from ?? machine.resource];
    const cell = make("td", "", make("code", "", text(option.path)));
    const where = option.from === undefined ? "" : ` of ${text(owner.name)} (${text(owner.type)})`;
    cell.append(where, option.setBy === undefined ? "" : `, by ${text(option.setBy)}`);
    return cell;
  }

  function optionTable(machine) {
    const head = ["Option", "Value", "Where it comes from"].map((name) => {
      const cell = make("th", "", name);
      cell.scope = "col";
      return cell;
    });
    const rows = machine.options.map((option) => {
      const name = make("th", "", text(option.name));
      name.scope = "row";
      return make("tr", "", name, valueCell(option), placeCell(option, machine));
    });
    return make("table", "options", make("thead", "", make("tr", "", ...head)), make("tbody", "", ...rows));
  }

  function answer([state, by], yes, no) {
    const words = text(by);
    const said = { yes, no, unknown: "not known yet" }[text(state)];
    return words === "" ? said : `${said} (${words})`;
  }

  function facts(machine) {
    const list = make("dl", "");
    const add = (name, value) => list.append(make("div", "", make("dt", "", name), make("dd", "", value)));
    if (machine.reachable) add("From the internet", answer(machine.reachable, "can be reached", "cannot be reached"));
    if (machine.forwards && text(machine.forwards[0]) !== "no") {
      add("Forwarding", answer(machine.forwards, "forwards traffic of others", ""));
    }
    const none = { none: "no instance profile", hidden: "set outside this program", set: "not known" };
    const roles = machine.roles.map(text).join(" or ");
    if (text(machine.role) !== "account default") add("Role", roles || none[text(machine.profile)]);
    if (machine.template !== undefined) add("Template", text(machine.template));
    if (machine.users !== undefined) add("Launches", plural(machine.users, "machine"));
    add("URN", make("code", "", text(data.resources[machine.resource].urn)));
    return list;
  }

  function machineItem(machine, index) {
    const resource = data.resources[machine.resource];
    const found = (findingsOf.get(machine.resource) ?? []).filter(({ standing }) => text(standing) !== "exempted");
    const chips = make("span", "chips");
    if (text(machine.role) !== "machine") chips.append(make("span", "chip", text(machine.role)));
    if (machine.reachable && text(machine.reachable[0]) === "yes") chips.append(make("span", "chip warm", "reachable"));
    if (found.length > 0) chips.append(make("span", "chip", plural(found.length, "finding")));
    const path = machine.path === undefined ? "" : ` ${text(machine.path)}`;
    const name = make("strong", "", `${text(resource.name)}${path}`);
    const of = severalProjects ? ` · ${data.projects[resource.project]}` : "";
    const title = make("span", "title", name, " ", make("span", "type", `${text(resource.type)}${of}`));
    const details = make("details", "machine", make("summary", "", title, chips));
    details.id = `machine-${index}`;
    // Made when it is opened first: thousands of tables at once would make the page slow.
    details.addEventListener("toggle", () => fill(details, machine), { once: true });
    return details;
  }

  function fill(details, machine) {
    if (details.childElementCount > 1) return;
    details.append(make("div", "body", facts(machine), optionTable(machine)));
  }

  function showMachines() {
    const word = byId("filter-machine").value.trim().toLowerCase();
    const shown = data.machines
      .map((machine, index) => [machine, index])
      .filter(([{ resource }]) => {
        const { name, type } = data.resources[resource];
        return `${text(name)} ${text(type)}`.toLowerCase().includes(word);
      });
    byId("machine-list").replaceChildren(...shown.map(([machine, index]) => machineItem(machine, index)));
    const all = plural(data.machines.length, "machine, template or default", "machines, templates and defaults");
    byId("machines-shown").textContent =
      data.machines.length === 0
        ? "Nothing here launches a machine."
        : shown.length === data.machines.length
          ? `${plural(data.machines.length, "entry", "entries")}: machines, templates and account defaults`
          : `${shown.length} of ${all}`;
  }

  /** Opens what a link leads to, also where a filter hides it. */
  function openTarget() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!/^machine-\d+$/.test(id)) return;
    if (!byId(id)) {
      byId("filter-machine").value = "";
      showMachines();
    }
    const details = byId(id);
    if (!details) return;
    fill(details, data.machines[Number(id.slice(8))]);
    details.open = true;
    details.scrollIntoView();
    details.querySelector("summary").focus({ preventScroll: true });
  }

  // Start ----------------------------------------------------------------------------------------------------------

  function option(value) {
    const element = make("option", "", value);
    element.value = value;
    return element;
  }

  const used = new Set(data.findings.map(({ policy }) => policy));
  byId("filter-policy").append(...data.policies.filter((_, index) => used.has(index)).map(({ name }) => option(name)));
  byId("filter-program")?.append(
    ...data.projects.map((name, index) => {
      const choice = option(name);
      choice.value = String(index);
      return choice;
    }),
  );
  const names = new Set(data.findings.map(({ resource }) => text(data.resources[resource].name)));
  byId("resource-names").append(...[...names].slice(0, 500).map(option));

  const form = byId("filters");
  form.hidden = data.findings.length === 0;
  byId("machine-filters").hidden = data.machines.length < 2;
  let timer;
  const later = (show) => () => {
    clearTimeout(timer);
    timer = setTimeout(show, 80);
  };
  form.addEventListener("input", later(showFindings));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(showFindings));
  byId("machine-filters").addEventListener("input", later(showMachines));
  byId("machine-filters").addEventListener("submit", (event) => event.preventDefault());
  expandButton.addEventListener("click", () => expand(expandButton.getAttribute("aria-pressed") !== "true"));
  for (const shortcut of document.querySelectorAll("[data-level], [data-policy]")) {
    shortcut.addEventListener("click", () => {
      form.reset();
      if (shortcut.dataset.level) byId("filter-level").value = shortcut.dataset.level;
      if (shortcut.dataset.policy) byId("filter-policy").value = shortcut.dataset.policy;
      showFindings();
    });
  }
  addEventListener("hashchange", openTarget);
  // On paper nothing can be opened: all messages and paths are printed.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("#list details:not([open]), .paths:not([open]), .fixed:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
  const inWords = document.querySelector(".paths");
  if (inWords && matchMedia("screen and (max-width: 52rem)").matches) inWords.open = true;
  showFindings();
  showMachines();
  openTarget();
})();
