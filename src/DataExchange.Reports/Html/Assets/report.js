(() => {
  const root = document.documentElement;
  const kept = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a file opened without storage still works */ } };
  const asked = new URLSearchParams(location.search).get("lang") ?? location.hash.slice(1);
  const known = (language) => (language === "zh" || language === "en" ? language : null);

  function speak(language) {
    root.dataset.lang = language;
    root.lang = language === "zh" ? "zh-CN" : "en";
    const title = document.querySelector("title");
    if (title) title.textContent = title.dataset[language];
  }

  function shine(theme) {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
  }

  speak(known(asked) ?? known(kept("dx-report-lang")) ?? (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en"));
  shine(kept("dx-report-theme"));

  addEventListener("DOMContentLoaded", () => {
    speak(root.dataset.lang);
    document.getElementById("language").addEventListener("click", () => {
      const next = root.dataset.lang === "zh" ? "en" : "zh";
      speak(next);
      keep("dx-report-lang", next);
    });
    document.getElementById("theme").addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      shine(dark ? "light" : "dark");
      keep("dx-report-theme", dark ? "light" : "dark");
    });
  });
  addEventListener("hashchange", () => { const language = known(location.hash.slice(1)); if (language) speak(language); });
})();
