// Beside a field with a day and a clock: the same moment on the other's clock. Without this the page says it later.

const parts = (zone) => new Intl.DateTimeFormat("en-GB", {
  timeZone: zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

/** Minutes that the zone is ahead of UTC at this moment. */
function offset(moment, zone) {
  const there = new Date(moment.toLocaleString("en-US", { timeZone: zone }));
  const utc = new Date(moment.toLocaleString("en-US", { timeZone: "UTC" }));
  return Math.round((there - utc) / 60000);
}

/** The moment at which clocks in the zone show this local time. */
function moment(local, zone) {
  const asUtc = new Date(`${local}Z`);
  const guess = new Date(asUtc - offset(asUtc, zone) * 60000);
  return new Date(asUtc - offset(guess, zone) * 60000);
}

function show(form) {
  const chosen = form.querySelector("[name=asked_of]:checked");
  for (const input of form.querySelectorAll("input[type=datetime-local]")) {
    const { zone, name } = (chosen ?? input).dataset;
    const words = input.parentElement.querySelector("output") ?? input.parentElement.appendChild(document.createElement("output"));
    words.className = "hint";
    words.textContent = input.value && zone ? `${parts(zone).format(moment(input.value, input.dataset.own))} for ${name}` : "";
  }
}

for (const form of document.querySelectorAll("form:has(input[type=datetime-local])")) {
  form.addEventListener("input", () => show(form));
  show(form);
}
