"""Citizen Feedback: ratings, petitions and lawful answers for a province.

Importing a rule must not load Flask, so the application factory is looked up only when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from citizenfeedback.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    """Give `create_app` on first use (`flask --app citizenfeedback` finds it here)."""
    if name == "create_app":
        from citizenfeedback.app import create_app

        return create_app
    raise AttributeError(name)
