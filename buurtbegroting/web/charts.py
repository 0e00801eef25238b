"""Figures for the browser: JSON that the page's own script hands to Plotly, in the colours of the house."""

from __future__ import annotations

import flask
import plotly.graph_objects as go

INK = "#1d2327"
FONT = '"Public Sans", Verdana, Arial, sans-serif'
PALETTE = {"elected": "#0d6273", "not-elected": "#d9d3c7", "edge": "#082f38", "signal": "#ffc93c"}

LAYOUT = {
    "font": {"family": FONT, "size": 15, "color": INK},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": {"l": 8, "r": 8, "t": 8, "b": 40},
    "hoverlabel": {"bgcolor": "#ffffff", "font": {"family": FONT, "size": 15, "color": INK}},
}


def figure_response(figure: go.Figure) -> flask.Response:
    """Answer with a figure; Plotly's own template is left out, because ours says all there is to say."""
    figure.update_layout(template="none", **LAYOUT)
    return flask.Response(figure.to_json(), mimetype="application/json")
