"""The supervisors' pages: figures, what stands behind them, ratings, export."""

from citizenfeedback.web.reports import closed, export, forms, oversight, ratings, verdicts, views
from citizenfeedback.web.reports.room import blueprint

__all__ = ["blueprint", "closed", "export", "forms", "oversight", "ratings", "verdicts", "views"]
