"""Write the lists of addresses and of open endpoints anew: `python -m tests.conventions.write_lists`.

To be looked over line by line before it is committed: the lists are there so that nothing is
opened, moved or taken away unseen.
"""

import tempfile
from pathlib import Path

from citizenfeedback.app import create_app
from citizenfeedback.config import Settings
from citizenfeedback.web.guard import declarations

HERE = Path(__file__).parent

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_env({"INSTANCE_PATH": folder}))
    open_to_all = [name for name, said in declarations(app) if said and said.reason]
    addresses = sorted(rule.rule for rule in app.url_map.iter_rules())
    (HERE / "open_endpoints.txt").write_text("".join(f"{name}\n" for name in open_to_all))
    (HERE / "addresses.txt").write_text("".join(f"{rule}\n" for rule in addresses))
