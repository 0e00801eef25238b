// Draws every element with data-chart from the figure at that address. The table below it holds the same figures.
const dutch = document.documentElement.lang === "nl";
const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const config = {
  displayModeBar: false,
  displaylogo: false,
  locale: dutch ? "nl" : "en",
  scrollZoom: false,
};

// On a phone the names of the bars would leave no room for the bars: they stand in full in the table. The number
// stays, so that two plans that begin alike can be told apart.
const NARROW = 600;
const SHORT = 10;

function shortened(name) {
  const [, title, number] = name.match(/^(.*) \(([^)]*)\)$/) ?? [null, name, ""];
  return title.length > SHORT ? `${title.slice(0, SHORT - 1).trimEnd()}… ${number}` : `${title} ${number}`;
}

function fitted(layout, width) {
  const names = layout.yaxis?.categoryarray;
  if (!names || width >= NARROW) {
    return layout;
  }
  return { ...layout, yaxis: { ...layout.yaxis, tickmode: "array", tickvals: names, ticktext: names.map(shortened) } };
}

async function draw(element) {
  const answer = await fetch(element.dataset.chart);
  if (!answer.ok) {
    throw new Error(`${element.dataset.chart}: ${answer.status}`);
  }
  const { data, layout } = await answer.json();
  element.hidden = false;
  const fit = () =>
    Plotly.react(
      element,
      data,
      {
        ...fitted(layout, element.clientWidth),
        width: element.clientWidth,
        dragmode: false,
        separators: dutch ? ",." : ".,",
        transition: { duration: isStill ? 0 : 300 },
      },
      config,
    );
  await fit();
  // Who turns their phone gets other names beside the bars, not only another width.
  let width = element.clientWidth;
  window.addEventListener("resize", () => {
    if (element.clientWidth !== width) {
      width = element.clientWidth;
      fit();
    }
  });
}

for (const element of document.querySelectorAll("[data-chart]")) {
  draw(element).catch((error) => {
    console.warn(error);
    element.hidden = true;
    element.closest("figure").querySelector("[data-chart-failed]").hidden = false;
  });
}
