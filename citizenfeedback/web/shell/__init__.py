"""What every page shares and no audience owns: the choice of letter size and contrast."""

from citizenfeedback.web.shell.views import blueprint

__all__ = ["blueprint"]
