// Plays the whole market day by day. Without it the page shows the day that its address names.
const root = document.getElementById("market-replay");
if (root) {
  const width = 1000, height = 260, top = 10;
  const find = (id) => document.getElementById(id);
  const [play, speed, place, line] = [find("replay-play"), find("replay-speed"), find("replay-place"), find("replay-line")];
  const day = find("at");
  const language = document.getElementById("language");
  const places = [...root.querySelectorAll("[data-replay]")];
  let days = [];
  let at = Number(place.value);
  let timer = 0;

  const show = () => {
    const now = days[at];
    for (const one of places) if (one.textContent !== now.shown[one.dataset.replay]) one.textContent = now.shown[one.dataset.replay];
    const most = Math.max(1, days[days.length - 1].amountFen);
    const points = [];
    for (let i = 0; i <= at; i++) {
      if (i % 7 && i !== at) continue;
      points.push(`${(i * width / Math.max(1, days.length - 1)).toFixed(1)} ${(height - (height - top) * days[i].amountFen / most).toFixed(1)}`);
    }
    line.setAttribute("d", "M" + points.join("L"));
    place.value = String(at);
    place.setAttribute("aria-valuetext", now.shown.day);
    day.value = now.day;
  };

  const remember = () => {
    const rest = `?at=${days[at].day}`;
    history.replaceState(null, "", location.pathname + rest);
    if (language) language.href = language.getAttribute("href").split("?")[0] + rest;
  };

  const pause = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = root.dataset.play;
    remember();
  };

  // At most ten pictures a second; faster means more days from one to the next.
  const start = () => {
    const most = 10, perSecond = Number(speed.value);
    const step = Math.max(1, Math.round(perSecond / most));
    play.textContent = root.dataset.pause;
    timer = setInterval(() => {
      at = Math.min(days.length - 1, at + step);
      show();
      if (at === days.length - 1) pause();
    }, 1000 * step / perSecond);
  };

  const begin = async () => {
    const answer = await fetch(`${root.dataset.days}?language=${document.documentElement.lang.slice(0, 2)}`);
    if (!answer.ok) return;
    days = await answer.json();
    if (days.length === 0) return;
    root.querySelector(".player").hidden = false;
    play.addEventListener("click", () => {
      if (timer) { pause(); return; }
      if (at === days.length - 1) at = 0;
      start();
    });
    speed.addEventListener("change", () => { if (timer) { clearInterval(timer); start(); } });
    place.addEventListener("input", () => { if (timer) pause(); at = Number(place.value); show(); });
    place.addEventListener("change", remember);
    document.getElementById("replay-form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (timer) pause();
      const wanted = days.findIndex((one) => one.day >= day.value);
      at = wanted < 0 ? days.length - 1 : wanted;
      show();
      remember();
    });
  };
  begin();
}
