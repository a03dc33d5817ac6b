// The trading floor: writes frames of order books into the page, plays a stored day, follows the sandbox. Without it a page shows one moment.
const yuan = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const count = new Intl.NumberFormat("en");
const price = (fen) => "¥" + yuan.format(fen / 100);
const fill = (text, ...values) => values.reduce((filled, value, i) => filled.replace(`{${i}}`, value), text);

const cell = (name, text, kind) => {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
};

const bar = (share) => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [name, value] of [["class", "depth"], ["viewBox", "0 0 100 10"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  const rect = document.createElementNS(space, "rect");
  rect.setAttribute("width", String(Math.max(1, Math.floor(share * 100))));
  rect.setAttribute("height", "10");
  svg.append(rect);
  const made = document.createElement("td");
  made.append(svg);
  return made;
};

/** A place in the page that shows frames of one order book. */
export function boardIn(root) {
  const words = JSON.parse(root.dataset.words);
  const part = (name) => root.querySelector(`[data-part=${name}]`);
  const put = (name, text) => { const at = part(name); if (at.textContent !== text) at.textContent = text; };

  const level = (one, side, widest) => {
    const row = document.createElement("tr");
    row.className = side === "Sell" ? "ask" : "bid";
    const head = cell("th", one.priceFen === 0 ? words.any : price(one.priceFen), "number");
    head.scope = "row";
    row.append(cell("td", words[side]), head, cell("td", one.packs === null ? words.unlimited : count.format(one.packs), "number"),
      cell("td", one.packs === null ? words.unlimited : count.format(one.toIssue), "number"), cell("td", count.format(one.orders), "number"), bar((one.packs ?? widest) / widest));
    return row;
  };

  const nothing = (columns, text) => {
    const row = document.createElement("tr");
    const only = cell("td", text);
    only.colSpan = columns;
    row.append(only);
    return row;
  };

  const trade = (one) => {
    const row = document.createElement("tr");
    const time = cell("td", one.time);
    time.setAttribute("translate", "no");
    row.append(time, cell("td", price(one.priceFen), "number"), cell("td", count.format(one.packs), "number"), cell("td", words[one.taker] ?? words.auction),
      cell("td", one.isIssue ? words.issue : words.resale));
    return row;
  };

  const show = (frame) => {
    put("time", frame.time);
    put("phase", frame.until ? fill(words.until, words.phases[frame.phase], frame.until.slice(11)) : words.phases[frame.phase]);
    put("last", frame.trades.length ? price(frame.trades[0].priceFen) : "–");
    put("what", words.whats[frame.what]);
    const all = [...frame.asks, ...frame.bids];
    const widest = Math.max(1, ...all.map((one) => one.packs ?? 0));
    part("ladder").replaceChildren(...(all.length
      ? [...frame.asks.map((one) => level(one, "Sell", widest)).reverse(), ...frame.bids.map((one) => level(one, "Buy", widest))]
      : [nothing(6, words.noOrders)]));
    part("trades").replaceChildren(...(frame.trades.length ? frame.trades.map(trade) : [nothing(5, words.noTrades)]));
  };

  return { show, words };
}

function playStored(root) {
  const board = boardIn(root.querySelector(".board"));
  const { words } = board;
  const find = (name) => root.querySelector(name);
  const [play, place, speed, said] = [find(".play"), find(".place"), find(".speed"), find(".said")];
  let day = null;
  let at = 0;
  let timer = 0;

  const address = () => {
    const rest = `?at=${day.frames[at].time.replace(" ", "T")}`;
    history.replaceState(null, "", location.pathname + rest);
    const language = document.getElementById("language");
    if (language) language.href = language.getAttribute("href").split("?")[0] + rest;
  };

  const show = () => {
    board.show(day.frames[at]);
    place.value = String(at);
    place.setAttribute("aria-valuetext", `${day.frames[at].time}`);
  };

  // What is said aloud is said when somebody steps or pauses, and not while it plays.
  const say = () => { said.textContent = fill(words.frame, at + 1, day.frames.length) + " · " + day.frames[at].time; address(); };

  const fetchDay = async (which) => {
    const answer = await fetch(`${root.dataset.frames}?day=${which}`);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };

  const turnTo = (other) => {
    day = other;
    place.max = String(day.frames.length - 1);
  };

  const stop = (text) => {
    clearTimeout(timer);
    timer = 0;
    play.textContent = words.play;
    say();
    if (text) said.textContent = text;
  };

  // What is no longer wanted when the next day has come, as after a pause, is not shown.
  const step = async (by, isWanted = () => true) => {
    if (at + by >= 0 && at + by < day.frames.length) {
      at += by;
    } else {
      // A market that goes on may have gone on since the day was fetched.
      const known = by > 0 && !day.next ? await fetchDay(day.day) : day;
      const other = by > 0 ? known.next : day.previous;
      const hasMore = known.frames.length > day.frames.length;
      if (!other && !hasMore) return false;
      const loaded = hasMore ? known : await fetchDay(other);
      if (!isWanted()) return true;
      at = hasMore ? at + 1 : by > 0 ? 0 : loaded.frames.length - 1;
      turnTo(loaded);
    }
    show();
    return true;
  };

  const later = () => {
    const own = timer = setTimeout(async () => {
      try {
        if (!await step(1, () => timer === own)) stop(words.end);
        else if (timer === own) later();
      } catch (failure) {
        stop(failure.message);
      }
    }, 1000 / Number(speed.value));
  };

  play.addEventListener("click", () => {
    if (timer) {
      stop();
    } else {
      play.textContent = words.pause;
      said.textContent = "";
      later();
    }
  });
  const by = (steps) => async () => {
    if (timer) stop();
    try {
      if (await step(steps)) say();
      else said.textContent = words.end;
    } catch (failure) {
      said.textContent = failure.message;
    }
  };
  find(".back").addEventListener("click", by(-1));
  find(".on").addEventListener("click", by(1));
  place.addEventListener("input", () => {
    at = Number(place.value);
    show();
    if (!timer) say();
  });

  fetchDay(root.dataset.day).then((first) => {
    turnTo(first);
    const last = day.frames.findLastIndex((frame) => frame.time <= root.dataset.time);
    at = Math.max(0, last);
    place.value = String(at);
    place.setAttribute("aria-valuetext", root.dataset.time);
    find(".player").hidden = false;
  }, (failure) => { said.textContent = failure.message; });
}

const replay = document.getElementById("replay");
if (replay) playStored(replay);

function followSandbox(root) {
  const words = JSON.parse(root.dataset.words);
  const said = root.querySelector(".said");
  const mine = document.getElementById("mine");
  const hold = root.querySelector(".hold");
  const boards = Object.fromEntries([...root.querySelectorAll(".board")].map((board) => [board.dataset.board, boardIn(board)]));
  const clock = (name, text) => { root.querySelector(`[data-clock=${name}]`).textContent = text; };
  const mineEvery = 2000;
  let held = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let latest = null;
  let source = null;
  let asked = 0;
  let retry = 0;

  const show = () => {
    if (!latest) return;
    for (const [name, board] of Object.entries(boards)) board.show(latest.boards[name]);
    clock("playing", latest.isPlaying ? words.playing : words.paused);
    clock("speed", fill(words.times, latest.speed));
    clock("seed", fill(words.seedIs, latest.seed));
    clock("watchers", fill(words.watchers, latest.watchers));
  };

  // What only this party may see is asked for, and not told to all. Not while somebody is about to press a button in it.
  const refresh = async (isWanted) => {
    const now = Date.now();
    if (!("acts" in root.dataset) || (!isWanted && (now - asked < mineEvery || mine.contains(document.activeElement)))) return;
    asked = now;
    const answer = await fetch(root.dataset.mine);
    if (!answer.ok) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    const focused = mine.contains(document.activeElement);
    mine.replaceChildren(...found.childNodes);
    if (focused) { said.tabIndex = -1; said.focus(); }
  };

  const open = () => {
    clearTimeout(retry);
    if (source) source.close();
    source = new EventSource(root.dataset.stream);
    source.addEventListener("floor", (event) => {
      latest = JSON.parse(event.data);
      if (said.textContent === words.lost) said.textContent = "";
      if (!held) { show(); refresh(false).catch(() => {}); }
    });
    source.addEventListener("error", () => {
      said.textContent = words.lost;
      // A browser tries again by itself, but not after an answer that is no stream, such as that all places are taken.
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, 5000);
    });
  };

  const pressed = () => {
    hold.textContent = held ? words.release : words.hold;
  };
  hold.hidden = false;
  pressed();
  hold.addEventListener("click", () => { held = !held; pressed(); if (!held) show(); });

  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!("act" in form.dataset)) return;
    event.preventDefault();
    const address = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action;
    try {
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
      said.textContent = (await answer.json()).says;
      await refresh(true);
    } catch {
      said.textContent = words.unsent;
    }
  });

  // The market stands while nobody looks; so a page behind another one does not follow it.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { source?.close(); clearTimeout(retry); } else { open(); }
  });
  addEventListener("pagehide", () => source?.close());
  open();
}

const sandbox = document.getElementById("try");
if (sandbox) followSandbox(sandbox);

function followNews(root) {
  const list = root.querySelector(".news");
  const hold = root.querySelector(".hold");
  let held = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let waiting = [];
  let last = root.dataset.stream;
  let source = null;

  const quiet = (text) => {
    const made = cell("span", text, "quiet");
    made.setAttribute("translate", "no");
    return made;
  };

  const show = () => {
    for (const fact of waiting) {
      const item = document.createElement("li");
      item.append(quiet(fact.at), ` ${fact[root.dataset.language]} `, quiet(fact.stream));
      list.prepend(item);
    }
    waiting = [];
    while (list.children.length > Number(root.dataset.most)) list.lastElementChild.remove();
  };

  const open = () => {
    source?.close();
    source = new EventSource(last);
    source.addEventListener("fact", (event) => {
      last = root.dataset.stream.split("?")[0] + "?after=" + event.lastEventId;
      waiting = [...waiting, JSON.parse(event.data)].slice(-Number(root.dataset.most));
      if (!held) show();
    });
    source.addEventListener("error", () => { if (source.readyState === EventSource.CLOSED) setTimeout(open, 5000); });
  };

  const pressed = () => {
    hold.textContent = held ? root.dataset.release : root.dataset.hold;
  };
  hold.hidden = false;
  pressed();
  hold.addEventListener("click", () => { held = !held; pressed(); if (!held) show(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) source?.close(); else open(); });
  addEventListener("pagehide", () => source?.close());
  open();
}

const news = document.getElementById("news");
if (news) followNews(news);
