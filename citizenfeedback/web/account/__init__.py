"""Officials at the door: signing in and out, passwords, one's own account."""

from citizenfeedback.web.account.views import blueprint

__all__ = ["blueprint"]
