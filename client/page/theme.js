import { byId } from "./dom.js";

const KEY = "roomlog theme";

/** Dark or light: as the system has it, until somebody chooses. */
export function chooseTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = byId("theme");
  let chosen = stored();
  const apply = () => {
    const isDark = chosen ? chosen === "dark" : system.matches;
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
    button.setAttribute("aria-pressed", String(isDark));
  };
  button.addEventListener("click", () => {
    const isDark = button.getAttribute("aria-pressed") === "true";
    chosen = isDark ? "light" : "dark";
    try {
      // Back to what the system has is no choice any more.
      if ((chosen === "dark") === system.matches) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, chosen);
    } catch {
      // It holds until the page is closed.
    }
    apply();
  });
  system.addEventListener("change", apply);
  apply();
}

function stored() {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "dark" || theme === "light" ? theme : "";
  } catch {
    return "";
  }
}
