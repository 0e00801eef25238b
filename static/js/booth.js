// The booth: keep the total beside the choice up to date, and show what does not fit any more. Without this script the
// button "add up again" does the same.
const form = document.querySelector("[data-booth]");
const words = document.querySelector("#words-of-pot")?.dataset;

const say = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

if (form && words) {
  const { kind, currency, language } = form.dataset;
  const amount = Number(form.dataset.amount);
  const euros = (cents) =>
    new Intl.NumberFormat(language, {
      style: "currency",
      currency,
      minimumFractionDigits: cents % 100 ? 2 : 0,
      maximumFractionDigits: cents % 100 ? 2 : 0,
    }).format(cents / 100);
  const total = form.querySelector("[data-total]");
  const list = form.querySelector("[data-chosen]");
  const options = [...form.querySelectorAll("[data-option]")];
  const carried = [...form.querySelectorAll("input[type=hidden][data-cents]")];

  const pointsOf = (input) => (/^\d+$/.test(input.value.trim()) ? Number(input.value.trim()) : 0);
  const isChosen = (option) => {
    const points = option.querySelector("[data-points]");
    return points ? pointsOf(points) > 0 : option.querySelector("[name=keuze]").checked;
  };

  const line = (option) => {
    const item = document.createElement("li");
    const [title, price] = [document.createElement("span"), document.createElement("span")];
    title.textContent = option.querySelector("[data-title]").textContent.trim();
    const points = option.querySelector("[data-points]");
    price.textContent = points ? String(pointsOf(points)) : euros(Number(option.dataset.cents));
    price.className = "bb-nowrap";
    item.append(title, price);
    return item;
  };

  const tell = (spent, number, points) => {
    if (kind === "cumulative") {
      return say(words.points, { given: points, most: form.dataset.points || 0 });
    }
    if (kind === "knapsack") {
      return spent > amount
        ? say(words.over, { over: euros(spent - amount) })
        : say(words.left, { left: euros(amount - spent), all: euros(amount) });
    }
    return number === 1 ? say(words.one, { cost: euros(spent) }) : say(words.many, { number, cost: euros(spent) });
  };

  const addUp = () => {
    const chosen = options.filter(isChosen);
    const cents = [...chosen, ...carried].map((each) => Number(each.dataset.cents));
    const spent = cents.reduce((sum, each) => sum + each, 0);
    const points = [...form.querySelectorAll("[data-points]")].reduce((sum, each) => sum + pointsOf(each), 0);
    total.textContent = tell(spent, cents.length, points);
    list.replaceChildren(...chosen.map(line));
    form.querySelector("[data-pot]").classList.toggle("bb-pot--over", kind === "knapsack" && spent > amount);
    form.querySelector("[data-fill]")?.setAttribute("width", Math.min(100, (100 * spent) / Math.max(amount, 1)));
    for (const option of options) {
      const warning = option.querySelector("[data-toobig]");
      const short = spent + Number(option.dataset.cents) - amount;
      if (warning) {
        warning.hidden = isChosen(option) || short <= 0;
        warning.textContent = say(words.short, { short: euros(short) });
      }
    }
  };

  form.addEventListener("change", addUp);
  form.addEventListener("input", (event) => event.target.matches("[data-points]") && addUp());
  form.querySelector("[data-without-script]").hidden = true;
  addUp();
}

// The code from a letter, or the number of a receipt, comes in the part of an address that browsers never send.
const carriedIn = decodeURIComponent(location.hash.slice(1));
const code = document.querySelector("#code");
const copy = document.querySelector("#copy");
if (code && /^[0-9A-Za-z-]{16,25}$/.test(carriedIn)) {
  code.value = carriedIn;
  history.replaceState(null, "", location.pathname);
  code.focus();
}
if (copy && /^[0-9a-f]{64}$/.test(carriedIn)) {
  copy.value = carriedIn;
  history.replaceState(null, "", location.pathname);
  copy.focus();
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
