// Runs before the first paint so that a dark page never flashes light. A file of its own: the page allows no inline scripts.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('perennial.theme') || 'system';
  } catch {
    // Storage can be switched off; the system's theme is then used.
  }
  const dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
