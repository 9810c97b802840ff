/* Wat een lezer op zijn apparaat bewaart: teksten om zonder verbinding te lezen, opmerkingen die wachten, en wat hij typte in een
   ander formulier terwijl er geen verbinding was (een concept). Per gebruiker een eigen databank, versleuteld met een sleutel die de
   browser niet afgeeft. Bij uitloggen is alles weg; komt er een ander op dit apparaat, dan gaan teksten en concepten weg en blijven
   alleen zijn wachtende opmerkingen verborgen staan. */
(function (wereld) {
  "use strict";
  const VOORVOEGSEL = "ser-lezen-", BEWAREN = "ser-lezen-stijl", CONCEPT = "concept:", DAGEN = 14;
  // Wat op een apparaat mag staan: een tekst of een vergadering, en de twee lijsten waarin men ze vindt.
  const STUK = /^\/lezen\/(versie|vergaderingen)\/\d+\/$/, LIJST = /^\/lezen\/(vergaderingen\/)?$/;

  function belofte(verzoek) {
    return new Promise(function (goed, fout) {
      verzoek.onsuccess = function () { goed(verzoek.result); };
      verzoek.onerror = function () { fout(verzoek.error); };
    });
  }

  function open(lezer) {
    const verzoek = wereld.indexedDB.open(VOORVOEGSEL + lezer, 1);
    verzoek.onupgradeneeded = function () {
      verzoek.result.createObjectStore("sleutel");
      verzoek.result.createObjectStore("bladen");
      verzoek.result.createObjectStore("wachtrij");
    };
    return belofte(verzoek);
  }

  async function doe(lezer, vak, stand, daad) {
    const bank = await open(lezer);
    try { return await belofte(daad(bank.transaction(vak, stand).objectStore(vak))); } finally { bank.close(); }
  }

  async function sleutel(lezer) {
    const oud = await doe(lezer, "sleutel", "readonly", function (v) { return v.get("nu"); });
    if (oud) { return oud; }
    const nieuw = await wereld.crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    // Twee vensters tegelijk: wie het eerst bewaarde wint.
    await doe(lezer, "sleutel", "readwrite", function (v) { return v.add(nieuw, "nu"); }).catch(function () {});
    return doe(lezer, "sleutel", "readonly", function (v) { return v.get("nu"); });
  }

  async function dicht(lezer, inhoud) {
    const iv = wereld.crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(inhoud));
    return { iv, data: await wereld.crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sleutel(lezer), bytes) };
  }

  async function los(lezer, doos) {
    const bytes = await wereld.crypto.subtle.decrypt({ name: "AES-GCM", iv: doos.iv }, await sleutel(lezer), doos.data);
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  async function alle(lezer, vak) {
    const namen = await doe(lezer, vak, "readonly", function (v) { return v.getAllKeys(); });
    const dozen = await doe(lezer, vak, "readonly", function (v) { return v.getAll(); });
    const uit = [];
    for (let n = 0; n < namen.length; n += 1) {
      try { uit.push({ naam: namen[n], ...(await los(lezer, dozen[n])) }); } catch (fout) { /* van een oude sleutel */ }
    }
    return uit;
  }

  // Zonder deze lijst is niets te wissen van wie hier eerder las. Een browser die haar niet geeft, bewaart daarom niets.
  const telt = Boolean(wereld.indexedDB && wereld.indexedDB.databases);

  // Welke databanken er zijn, zonder ze te openen.
  async function lezers() {
    const namen = telt ? await wereld.indexedDB.databases() : [];
    return namen.map(function (n) { return n.name; }).filter(function (n) { return n.startsWith(VOORVOEGSEL); })
      .map(function (n) { return n.slice(VOORVOEGSEL.length); });
  }

  function geldig(blad) { return blad.moment > Date.now() - DAGEN * 86400000; }

  // Van veel bladen alleen het adres en het moment: dat staat buiten de versleuteling, de titel en de tekst niet.
  async function momenten(lezer) {
    const namen = await doe(lezer, "bladen", "readonly", function (v) { return v.getAllKeys(); });
    const dozen = await doe(lezer, "bladen", "readonly", function (v) { return v.getAll(); });
    return namen.map(function (pad, n) { return { pad, moment: dozen[n].moment || 0 }; });
  }

  function opDeKlok(moment) {
    const toen = new Date(moment);
    const dag = toen.toLocaleDateString("nl-NL", { weekday: "short", day: "numeric", month: "long" });
    return dag + ", " + toen.toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" }).replace(":", ".") + " uur";
  }

  const opslag = {
    kan: Boolean(wereld.isSecureContext && telt && wereld.crypto && wereld.crypto.subtle),

    async bewaarBlad(lezer, pad, inhoud) {
      const moment = Date.now();
      const doos = await dicht(lezer, { ...inhoud, pad, moment });
      await doe(lezer, "bladen", "readwrite", function (v) { return v.put({ ...doos, moment }, pad); });
    },
    // Welke bladen er staan, met wanneer; wat te oud is gaat meteen weg.
    async staat(lezer) {
      const uit = [];
      for (const b of await momenten(lezer)) {
        if (geldig(b)) { uit.push(b); } else { await opslag.haalBladWeg(lezer, b.pad); }
      }
      return uit;
    },
    // De bladen van één lezer, zonder wat te oud is: daarvan weet niemand of hij haar nog mag lezen.
    async bladen(lezer) {
      return (await alle(lezer, "bladen")).filter(geldig);
    },
    async blad(lezer, pad) {
      const doos = await doe(lezer, "bladen", "readonly", function (v) { return v.get(pad); });
      const blad = doos ? await los(lezer, doos).catch(function () { return null; }) : null;
      return blad && geldig(blad) ? blad : null;
    },
    async haalBladWeg(lezer, pad) { await doe(lezer, "bladen", "readwrite", function (v) { return v.delete(pad); }); },
    async haalBladenWeg(lezer) { await doe(lezer, "bladen", "readwrite", function (v) { return v.clear(); }); },

    async wacht(lezer, nonce, inhoud) {
      const doos = await dicht(lezer, { ...inhoud, nonce, moment: inhoud.moment || Date.now() });
      await doe(lezer, "wachtrij", "readwrite", function (v) { return v.put(doos, nonce); });
    },
    async wachtrij(lezer) {
      const rij = (await alle(lezer, "wachtrij")).filter(function (r) { return !r.concept; });
      return rij.sort(function (a, b) { return a.moment - b.moment; });
    },
    // Wat iemand typte terwijl er geen verbinding was: per formulier (zijn adres) het laatste. Het gaat niet vanzelf weg.
    async bewaarConcept(lezer, adres, inhoud) { await opslag.wacht(lezer, CONCEPT + adres, { ...inhoud, adres, concept: true }); },
    async concepten(lezer) {
      return (await alle(lezer, "wachtrij")).filter(function (r) { return r.concept; });
    },
    // Onderweg: weg is het pas als de bladzijde het terug laat zien.
    async merkVerstuurd(lezer, adres) {
      const c = (await opslag.concepten(lezer)).find(function (r) { return r.adres === adres; });
      if (c) { await opslag.bewaarConcept(lezer, adres, { ...c, verstuurd: Date.now() }); }
    },
    async haalConceptWeg(lezer, adres) { await opslag.haalUitRij(lezer, CONCEPT + adres); },
    async haalUitRij(lezer, nonce) { await doe(lezer, "wachtrij", "readwrite", function (v) { return v.delete(nonce); }); },

    lezers,
    opDeKlok,
    // Er is iemand anders op dit apparaat: de teksten en de concepten van een vorige lezer gaan weg.
    async alleen(lezer) {
      for (const ander of await lezers()) {
        if (ander === lezer) { continue; }
        await opslag.haalBladenWeg(ander);
        await doe(ander, "wachtrij", "readwrite", function (v) { return v.delete(IDBKeyRange.bound(CONCEPT, CONCEPT + "\uffff")); });
        if (!(await doe(ander, "wachtrij", "readonly", function (v) { return v.count(); }))) {
          wereld.indexedDB.deleteDatabase(VOORVOEGSEL + ander);
        }
      }
    },
    async wis() {
      for (const lezer of await lezers()) { await belofte(wereld.indexedDB.deleteDatabase(VOORVOEGSEL + lezer)); }
      if (wereld.caches) { await wereld.caches.delete(BEWAREN); }
    },
    isStuk(pad) { return STUK.test(pad); },
    isBlad(pad) { return STUK.test(pad) || LIJST.test(pad); },
    stijl: BEWAREN,
  };
  wereld.leesopslag = opslag;

  if (!wereld.document || !opslag.kan) { return; }
  const kaart = wereld.document.querySelector("meta[name=lezer]");
  if (kaart && !wereld.document.documentElement.dataset.offline) { opslag.alleen(kaart.content).catch(function () {}); }

  // Uitloggen wist alles; wat nog wacht, gaat dan verloren, en dat zeggen wij eerst.
  wereld.document.addEventListener("submit", async function (e) {
    const formulier = e.target;
    if (!new URL(formulier.action, wereld.location.href).pathname.endsWith("/account/logout/")) { return; }
    e.preventDefault();
    try {
      const eigen = kaart && (await lezers()).includes(kaart.content);
      const wachtend = eigen ? await opslag.wachtrij(kaart.content) : [];
      const concepten = eigen ? await opslag.concepten(kaart.content) : [];
      const vraag = wachtend.length === 1 ? "Er wacht nog 1 opmerking op verbinding. Bij uitloggen gaat zij verloren."
        : wachtend.length ? "Er wachten nog " + wachtend.length + " opmerkingen op verbinding. Bij uitloggen gaan ze verloren."
          : "Er staat nog iets dat u zonder verbinding typte en niet verstuurde. Bij uitloggen gaat het verloren.";
      if ((wachtend.length || concepten.length) && !wereld.confirm(vraag + " Toch uitloggen?")) { return; }
      await opslag.wis();
    } catch (fout) { /* dan doet de kopregel van het antwoord het */ }
    formulier.submit();
  });
})(self);
