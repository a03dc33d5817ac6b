// The studio: settings are found as one types, changed ones are counted, and a run says how far it is. Without it forms and links do the same.
const form = document.getElementById("studio-form");
if (form) {
  const fields = [...form.querySelectorAll(".studio-field")];
  const changed = document.getElementById("studio-changed");
  const words = changed.textContent;
  const count = () => {
    let number = 0;
    for (const field of fields) {
      const input = field.querySelector("input");
      const isChanged = !input.disabled && input.value !== "" && Number(input.value) !== Number(field.dataset.base);
      field.classList.toggle("changed", isChanged);
      if (isChanged) number++;
    }
    changed.textContent = words.replace(/\d+/, String(number));
  };
  form.addEventListener("input", count);

  const search = document.getElementById("studio-search");
  search.hidden = false;
  search.addEventListener("input", (event) => {
    const wanted = event.target.value.trim().toLowerCase();
    for (const group of form.querySelectorAll(".studio-group")) {
      let some = false;
      for (const field of group.querySelectorAll(".studio-field")) {
        field.hidden = wanted !== "" && !field.textContent.toLowerCase().includes(wanted);
        some ||= !field.hidden;
      }
      group.hidden = !some;
      if (wanted) group.open = some;
    }
    event.stopPropagation();
  });
}

const progress = document.getElementById("studio-progress");
if (progress) {
  const bar = document.getElementById("studio-bar");
  const where = document.getElementById("studio-where");
  const pause = 500;
  let told = "";
  const ask = async () => {
    const answer = await fetch(progress.dataset.progress).catch(() => null);
    if (answer?.ok) {
      const run = await answer.json();
      if (!run.isAlive) { location.reload(); return; }
      bar.value = run.share;
      // A reader is told of the year, not of every day.
      const now = `${run.pass} ${run.day.slice(0, 4)}`;
      if (run.pass > 0 && now !== told) {
        told = now;
        where.textContent = progress.dataset.says.replace("{0}", run.pass).replace("{1}", run.day);
      }
    }
    setTimeout(ask, pause);
  };
  setTimeout(ask, pause);
}
