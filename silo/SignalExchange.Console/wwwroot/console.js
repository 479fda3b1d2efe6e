// What the pages ask of the browser. Nothing here talks to anybody.
window.exchange = {
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  isDark: () => document.documentElement.dataset.theme === "dark",
  setDark: (dark) => {
    localStorage.setItem("theme", dark ? "dark" : "light");
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  },
  copy: (text) => navigator.clipboard.writeText(text),
  // Read as it comes into a blob, which the browser keeps on disk where it is large.
  save: async (name, file) => {
    const blob = await new Response(await file.stream()).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  },
};
document.getElementById("reconnect-again").addEventListener("click", () => location.reload());

// A silo that dies takes its pages with it. The browser asks until one answers, at first often, then every five seconds, for as long as the page is open:
// Blazor by itself asks thirty times and then not again.
Blazor.start({
  circuit: { reconnectionOptions: { maxRetries: Infinity, retryIntervalMilliseconds: (attempt) => Math.min(250 * 2 ** attempt, 5000) } },
});

// Whoever answers and does not know the page has been started again, or is another silo: what stood here is gone, and the page is asked for anew.
document.getElementById("components-reconnect-modal").addEventListener("components-reconnect-state-changed", (change) => {
  if (change.detail.state === "rejected") {
    location.reload();
  }
});
