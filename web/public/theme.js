// Runs before the first paint, so that a dark page does not flash white.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('anemone.theme');
  } catch {
    // Storage may be off: then the system's choice counts.
  }
  var dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.classList.toggle('pf-v6-theme-dark', dark);
})();
