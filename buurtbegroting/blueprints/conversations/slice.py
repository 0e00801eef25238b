"""What conversations add to the house."""

from buurtbegroting.civic.reasons import _r
from buurtbegroting.web.slices import MenuItem, Panel, Slice

from . import api, finding, panels
from .actions.forgetting import forget
from .manage import desk, newsroom
from .notices import EVENTS, NOTICES
from .personal import personal_data
from .policy import may_moderate, may_write_some_news
from .views import albums, following, talk

SLICE = Slice(
    name="conversations",
    blueprints=(
        following.blueprint,
        following.news_blueprint,
        talk.blueprint,
        albums.blueprint,
        newsroom.blueprint,
        desk.blueprint,
    ),
    api=(api.part,),
    notices=NOTICES,
    events=EVENTS,
    manage=(
        MenuItem(_r("News"), "newsroom.newsroom", ("/beheer/nieuws",), may_write_some_news),
        MenuItem(_r("Moderation"), "desk.desk", ("/beheer/gesprekken",), may_moderate),
    ),
    tasks=(desk.what_waits,),
    panels={
        "wijk-aside": Panel("conversations/_beside.html", panels.beside_wijk),
        "round-aside": Panel("conversations/_beside.html", panels.beside_round),
        "home-news": Panel("conversations/_news.html", panels.at_home),
    },
    search=finding.KINDS,
    personal_data=personal_data,
    forget=forget,
)
