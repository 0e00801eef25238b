// Draws every element with data-chart from the figure at that address. The table below it holds the same figures.
const dutch = document.documentElement.lang === "nl";
const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const config = {
  displayModeBar: false,
  displaylogo: false,
  locale: dutch ? "nl" : "en",
  responsive: true,
  scrollZoom: false,
};

async function draw(element) {
  const answer = await fetch(element.dataset.chart);
  if (!answer.ok) {
    throw new Error(`${element.dataset.chart}: ${answer.status}`);
  }
  const { data, layout } = await answer.json();
  element.hidden = false;
  await Plotly.newPlot(
    element,
    data,
    {
      ...layout,
      autosize: true,
      dragmode: false,
      separators: dutch ? ",." : ".,",
      transition: { duration: isStill ? 0 : 300 },
    },
    config,
  );
}

for (const element of document.querySelectorAll("[data-chart]")) {
  draw(element).catch((error) => {
    console.warn(error);
    element.hidden = true;
    element.closest("figure").querySelector("[data-chart-failed]").hidden = false;
  });
}
