"""The kiosk: the same acts on a large screen in an office, which wipes itself afterwards."""

from citizenfeedback.web.kiosk import devices, onward
from citizenfeedback.web.kiosk.views import blueprint

__all__ = ["blueprint", "devices", "onward"]
