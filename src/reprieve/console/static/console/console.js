// What the pages do beyond htmx. Every form works without it.
"use strict";

// A select at the top of the page acts when it is changed.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});

// On a narrow screen the menu begins closed.
if (window.matchMedia("(max-width: 60rem)").matches) {
  document.querySelectorAll("details[data-narrow-closed]").forEach((menu) => menu.removeAttribute("open"));
}

// `/` goes to the search field, as on many sites; never while something is being typed.
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  const search = document.querySelector("input[type=search]");
  if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
});
