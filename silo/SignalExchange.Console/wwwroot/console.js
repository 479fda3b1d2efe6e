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

// Whoever answers and does not know the page has been started again, or is another silo: what stood here is gone, and the page is asked for anew. So it is,
// too, where the exchange has answered for a while and the page is still lost: Blazor stops asking, and says nothing, where a connection is made and the call
// on it fails (reconnect() in blazor.web.js takes a connection that stands for a page that is back).
let answers = 0;
let watch = 0;
const look = async () => {
  try {
    const icon = await fetch("_content/SignalExchange.Console/icon.svg", { cache: "no-store", signal: AbortSignal.timeout(2500) });
    answers = icon.ok ? answers + 1 : 0;
  } catch {
    answers = 0;
  }
  if (watch !== 0 && answers === 4) {
    location.reload(); // once: what begins anew every three seconds may never end
  }
};
document.getElementById("components-reconnect-modal").addEventListener("components-reconnect-state-changed", (change) => {
  if (change.detail.state === "rejected") {
    location.reload();
  } else if (change.detail.state === "hide") {
    clearInterval(watch);
    watch = 0;
  } else if (watch === 0) {
    answers = 0;
    watch = setInterval(look, 3000);
  }
});
