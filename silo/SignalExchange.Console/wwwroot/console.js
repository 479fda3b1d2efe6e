// What the pages ask of the browser. Nothing here talks to anybody.
window.exchange = {
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  isDark: () => document.documentElement.dataset.theme === "dark",
  setDark: (dark) => {
    localStorage.setItem("theme", dark ? "dark" : "light");
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  },
  copy: (text) => navigator.clipboard.writeText(text),
  save: async (name, stream) => {
    const blob = new Blob([await stream.arrayBuffer()]);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  },
};
document.getElementById("reconnect-again").addEventListener("click", () => location.reload());
