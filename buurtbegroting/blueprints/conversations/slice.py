"""What conversations add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import manage, panels, views
from .actions.following import forget
from .notices import EVENTS, NOTICES
from .personal import personal_data
from .policy import may_write_some_news

SLICE = Slice(
    name="conversations",
    blueprints=(views.blueprint, views.news_blueprint, manage.blueprint),
    notices=NOTICES,
    events=EVENTS,
    manage=(MenuItem(_r("News"), "newsroom.newsroom", ("/beheer/nieuws",), may_write_some_news),),
    panels={
        "wijk-aside": Panel("conversations/_beside.html", panels.beside_wijk),
        "round-aside": Panel("conversations/_beside.html", panels.beside_round),
        "home-news": Panel("conversations/_news.html", panels.at_home),
    },
    personal_data=personal_data,
    forget=forget,
)
