// Runs before the first paint so that the page never flashes in the other colours.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // storage may be forbidden; the system's choice is good enough then
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');

  // paper is white: what is printed has the light colours, whatever the screen has
  var root = document.documentElement;
  var onScreen = null;
  matchMedia('print').addEventListener('change', function (print) {
    if (print.matches) {
      onScreen = root.getAttribute('data-mantine-color-scheme');
      root.setAttribute('data-mantine-color-scheme', 'light');
    } else if (onScreen) {
      root.setAttribute('data-mantine-color-scheme', onScreen);
      onScreen = null;
    }
  });
})();
