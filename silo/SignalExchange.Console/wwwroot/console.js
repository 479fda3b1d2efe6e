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
