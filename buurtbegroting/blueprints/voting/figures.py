"""A result as a chart: what every plan costs and how many votes it got."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from buurtbegroting.web.charts import PALETTE

from .explanation import Line

MAX_LABEL = 42


def votes_figure(lines: Sequence[Line], words: tuple[str, str, str]) -> go.Figure:
    """Draw one bar per plan, most votes on top; ``words`` are: goes ahead, does not, votes."""
    elected, not_elected, votes = words
    ordered = sorted(lines, key=lambda line: line.votes)
    figure = go.Figure()
    for name, is_elected, colour, pattern in (
        (elected, True, PALETTE["elected"], ""),
        (not_elected, False, PALETTE["not-elected"], "/"),
    ):
        shown = [line for line in ordered if line.is_elected is is_elected]
        figure.add_bar(
            name=name,
            orientation="h",
            x=[float(line.votes) for line in shown],
            y=[_label(line) for line in shown],
            marker={
                "color": colour,
                "line": {"color": PALETTE["edge"], "width": 1},
                "pattern": {"shape": pattern, "fgcolor": PALETTE["edge"], "size": 6},
            },
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
    figure.update_layout(
        barmode="overlay",
        height=90 + 34 * len(ordered),
        xaxis={"title": {"text": votes}, "rangemode": "tozero", "tickformat": ",d", "gridcolor": "#ebe8e1"},
        yaxis={"automargin": True, "categoryorder": "array", "categoryarray": [_label(line) for line in ordered]},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    )
    return figure


def _label(line: Line) -> str:
    """Shorten a title and keep labels of different plans different; signs that Plotly reads as markup are harmless."""
    title = line.plan.title if len(line.plan.title) <= MAX_LABEL else line.plan.title[: MAX_LABEL - 1].rstrip() + "…"
    return f"{title} ({line.plan.number})".replace("<", "‹").replace(">", "›")
