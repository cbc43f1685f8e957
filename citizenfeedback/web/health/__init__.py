"""Addresses for the machines that watch this one."""

from citizenfeedback.web.health.views import blueprint, init_app, serve_as

__all__ = ["blueprint", "init_app", "serve_as"]
