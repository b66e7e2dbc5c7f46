"use strict";
// The state of the filter is the part of the address behind #, so that a view can be sent as a link.
const form = document.getElementById("filter");
const claims = [...document.querySelectorAll(".claim")];
const rows = new Map(
  [...document.querySelectorAll("[data-claim]")].map((row) => [row.dataset.claim, row]),
);

function state() {
  const hash = decodeURIComponent(location.hash.slice(1));
  return new URLSearchParams(hash.includes("=") ? location.hash.slice(1) : "");
}

function matches(claim, wanted) {
  const words = (wanted.get("text") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return (
    (!wanted.get("source") || claim.dataset.source === wanted.get("source")) &&
    (!wanted.get("status") || claim.dataset.status === wanted.get("status")) &&
    (!wanted.get("holes") || claim.dataset.holes !== "") &&
    words.every((word) => claim.dataset.text.includes(word))
  );
}

function show(wanted) {
  let count = 0;
  for (const claim of claims) {
    const shown = matches(claim, wanted);
    claim.hidden = !shown;
    rows.get(claim.id).hidden = !shown;
    count += shown;
  }
  for (const family of document.querySelectorAll(".family")) {
    family.hidden = !family.querySelector(".claim:not([hidden])");
  }
  form.elements.count.value = `${count} of ${claims.length} claims`;
}

function fromAddress() {
  const wanted = state();
  if (location.hash !== "" && wanted.size === 0) return; // a link to a claim keeps the filter
  for (const name of ["source", "status", "text"]) form.elements[name].value = wanted.get(name) ?? "";
  form.elements.holes.checked = wanted.has("holes");
  show(wanted);
}

form.addEventListener("input", () => {
  const wanted = new URLSearchParams(
    [...new FormData(form)].filter(([name, value]) => name !== "count" && value !== ""),
  );
  history.replaceState(null, "", `#${wanted}`);
  show(wanted);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => {
  history.replaceState(null, "", "#");
  show(new URLSearchParams());
});
addEventListener("hashchange", () => {
  fromAddress();
  const claim = document.getElementById(location.hash.slice(1));
  if (claim?.hidden) form.reset();
  claim?.scrollIntoView();
});
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});

form.hidden = false;
show(new URLSearchParams());
fromAddress();
