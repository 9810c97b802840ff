/* Een knop die kopieert wat er al leesbaar staat. Zonder dit bestand selecteert men het zelf; de knop is er dan niet. */
(function () {
  "use strict";
  if (!navigator.clipboard) { return; }
  document.querySelectorAll("button[data-kopieer]").forEach(function (knop) {
    var bron = document.getElementById(knop.dataset.kopieer), melding = knop.parentElement.querySelector("[role=status]");
    knop.hidden = false;
    knop.addEventListener("click", function () {
      navigator.clipboard.writeText(bron.textContent.trim()).then(
        function () { melding.textContent = "Gekopieerd."; },
        function () { melding.textContent = "Kopiëren mag niet in deze browser. Selecteer het adres en kopieer het zelf."; }
      );
    });
  });
})();
