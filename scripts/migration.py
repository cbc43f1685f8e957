"""Draft the next numbered migration by comparing the models with a freshly migrated database.

The draft is to be read and completed: autogenerate sees neither CHECK constraints nor triggers.
"""

from __future__ import annotations

import sys
import tempfile

import flask_migrate

from citizenfeedback.app import create_app
from citizenfeedback.config import Settings
from citizenfeedback.migrating import MIGRATIONS, bring_up_to_date, migration_head
from citizenfeedback.models.base import db


def draft(name: str) -> None:
    """Write `migrations/versions/NNNN_name.py`."""
    head = migration_head()
    number = int(head[:4]) + 1 if head else 1
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_env({"INSTANCE_PATH": folder}))
        with app.app_context():
            if head:
                bring_up_to_date(app)
            flask_migrate.Migrate(app, db, directory=str(MIGRATIONS))
            flask_migrate.revision(
                autogenerate=True, message=name.replace("_", " "), rev_id=f"{number:04}_{name}"
            )
    print(f"{MIGRATIONS / 'versions' / f'{number:04}_{name}.py'}: read it, complete it, test it")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isidentifier():
        sys.exit("say what it does: make migration NAME=add_holiday_basis")
    draft(sys.argv[1])
