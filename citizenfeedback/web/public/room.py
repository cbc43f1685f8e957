"""The blueprint of citizens' pages; each file of this package hangs its views on it."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
