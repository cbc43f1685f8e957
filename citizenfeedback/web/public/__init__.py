"""Citizens' pages: home, file, follow, rate. Each file registers its views on the one blueprint."""

from citizenfeedback.web.public import (
    conclude,
    data,
    figures,
    file,
    home,
    joined,
    news,
    papers,
    rate,
    rate_links,
    slip,
    track,
)
from citizenfeedback.web.public.room import blueprint

__all__ = [
    "blueprint",
    "conclude",
    "data",
    "figures",
    "file",
    "home",
    "joined",
    "news",
    "papers",
    "rate",
    "rate_links",
    "slip",
    "track",
]
