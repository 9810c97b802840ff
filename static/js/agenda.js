/* Agendapunten slepen. Zonder dit bestand, met toetsen en op een tablet werken de pijltjes. */
(function () {
  "use strict";
  var formulier = document.getElementById("volgordeformulier");
  var lijf = document.querySelector("table.agenda tbody");
  if (!formulier || !lijf) { return; }
  var sleep = null;

  function rijen() { return Array.prototype.slice.call(lijf.querySelectorAll("tr[data-punt]")); }
  function volgorde() { return rijen().map(function (rij) { return rij.dataset.punt; }).join(","); }
  var begin = volgorde();

  rijen().forEach(function (rij) { rij.draggable = true; rij.classList.add("sleepbaar"); });

  lijf.addEventListener("dragstart", function (e) {
    sleep = e.target.closest("tr[data-punt]");
    if (!sleep) { return; }
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", sleep.dataset.punt);
    sleep.classList.add("wordt-gesleept");
  });
  lijf.addEventListener("dragover", function (e) {
    var doel = e.target.closest("tr[data-punt]");
    if (!sleep || !doel) { return; }
    e.preventDefault();
    if (doel === sleep) { return; }
    var vak = doel.getBoundingClientRect();
    lijf.insertBefore(sleep, e.clientY > vak.top + vak.height / 2 ? doel.nextSibling : doel);
  });
  lijf.addEventListener("drop", function (e) { e.preventDefault(); });
  lijf.addEventListener("dragend", function () {
    if (!sleep) { return; }
    sleep.classList.remove("wordt-gesleept");
    sleep = null;
    if (volgorde() === begin) { return; }
    formulier.elements.volgorde.value = volgorde();
    formulier.requestSubmit();
  });
})();
