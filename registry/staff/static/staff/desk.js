/* Keys for the desk: j and k move, o opens, x ticks, a approves, r rejects, e edits. Without it
   every page works with links and buttons. */
"use strict";

(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const form = document.querySelector("[data-decide], [data-queue]");
  const note = form && form.querySelector("[name=note]");
  let current = -1;

  for (const shown of document.querySelectorAll("[data-keys], [data-all]")) {
    shown.hidden = false;
  }

  const move = (step) => {
    if (!rows.length) {
      const link = document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]");
      if (link) link.click();
      return;
    }
    if (current >= 0) rows[current].removeAttribute("aria-current");
    current = Math.min(rows.length - 1, Math.max(0, current + step));
    rows[current].setAttribute("aria-current", "true");
    rows[current].scrollIntoView({ block: "nearest" });
  };

  const tick = (row, wanted) => {
    const box = row && row.querySelector("[name=item]");
    if (box) box.checked = wanted === undefined ? !box.checked : wanted;
  };

  const decide = (verdict) => {
    const button = form && form.querySelector(`[name=verdict][value=${verdict}]`);
    if (!button) return;
    if (form.matches("[data-queue]") && !form.querySelector("[name=item]:checked")) {
      tick(rows[current], true);
    }
    if (note.value.trim()) button.click();
    else note.focus();
  };

  const open = (hash) => {
    const link = current >= 0 && rows[current].querySelector("th a");
    if (link) location.href = link.href + (hash || "");
  };

  const edit = () => {
    const details = document.querySelector("[data-edit]");
    if (!details) return open("#edit");
    details.open = true;
    details.querySelector("[name=amount], [name=value]").focus();
  };

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => open(),
    x: () => tick(rows[current]),
    a: () => decide("approve"),
    r: () => decide("reject"),
    e: edit,
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && typing) typing.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key];
    if (!act || !document.body.classList.contains("desk")) return;
    event.preventDefault();
    act();
  });

  const all = document.querySelector("[data-tick-all]");
  if (all) all.addEventListener("change", () => rows.forEach((row) => tick(row, all.checked)));
  if (location.hash === "#edit") edit();
})();
