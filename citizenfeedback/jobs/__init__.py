"""The clock: what the office does by itself, as a table (`schedule.py`) and one file per job."""
