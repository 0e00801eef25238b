"""The plans of a round as a chart: per area or theme, by what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from buurtbegroting.web.charts import PALETTE

from .tallies import Tally


def plans_figure(found: Sequence[Tally], words: Mapping[str, str]) -> go.Figure:
    """Draw one bar per group of plans, in parts: can, cannot, no answer; ``words`` names the parts and the axis."""
    figure = go.Figure()
    ordered = list(reversed(found))
    for part, colour, pattern in (
        ("can", PALETTE["elected"], ""),
        ("cannot", PALETTE["not-elected"], "/"),
        ("waiting", PALETTE["signal"], "."),
    ):
        figure.add_bar(
            name=words[part],
            orientation="h",
            x=[getattr(each, part) for each in ordered],
            y=[each.name for each in ordered],
            marker={
                "color": colour,
                "line": {"color": PALETTE["edge"], "width": 1},
                "pattern": {"shape": pattern, "fgcolor": PALETTE["edge"], "size": 6},
            },
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
    figure.update_layout(
        barmode="stack",
        height=110 + 40 * len(ordered),
        xaxis={"title": {"text": words["axis"]}, "rangemode": "tozero", "tickformat": ",d", "gridcolor": "#ebe8e1"},
        yaxis={"automargin": True},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )
    return figure
