/* Snel invoeren in de verwerkingstabel. Alles werkt ook zonder dit bestand. */
const formulier = document.querySelector("form[data-toetsen]");

document.addEventListener("keydown", (e) => {
  if (formulier && e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
    e.preventDefault();
    formulier.requestSubmit(formulier.querySelector("button[name='volgende']"));
    return;
  }
  if (document.documentElement.dataset.toetsen === "uit") { return; } // uitgezet op dit apparaat, zie portaal.js
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("textarea, select, input:not([type='radio'])")) { return; }
  if (formulier && /^[1-4]$/.test(e.key)) {
    const keuzes = formulier.querySelectorAll("input[type='radio'][name='oordeel']");
    const keuze = keuzes[Number(e.key) - 1];
    if (keuze) {
      keuze.checked = true;
      keuze.focus();
      // Alles behalve "overgenomen" vraagt een reden: ga daar meteen heen.
      if (e.key !== "1") {
        e.preventDefault();
        formulier.querySelector("textarea[name='reden']").focus();
      }
    }
    return;
  }
  const link = document.querySelector(`a[data-toets="${e.key}"]`);
  if (link && (e.key === "j" || e.key === "k")) { link.click(); }
});
