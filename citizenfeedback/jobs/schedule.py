"""What the office does by itself, and when: the whole table.

Mail has leases of its own, row by row; the other jobs take theirs from `runner`.
"""

from __future__ import annotations

from datetime import time

from citizenfeedback.jobs import (
    anchor_chains,
    count_months,
    erase_expired,
    examine_ratings,
    purge_drafts,
    purge_links,
    remind_staff,
    remove_strays,
    send_mail,
    survey_tables,
    tell_joined,
)
from citizenfeedback.jobs.job import Job
from citizenfeedback.jobs.runner import daily, hourly

MAIL_SECONDS = 3

SCHEDULE: tuple[Job, ...] = (
    Job("send_mail", MAIL_SECONDS, send_mail.run),
    daily("remind_staff", remind_staff.run, after=time(7)),
    hourly("examine_ratings", examine_ratings.run),
    hourly("tell_joined", tell_joined.run),
    hourly("purge_drafts", purge_drafts.run),
    daily("purge_links", purge_links.run, after=time(3)),
    daily("erase_expired", erase_expired.run, after=time(2)),
    daily("remove_strays", remove_strays.run, after=time(4)),
    daily("count_months", count_months.run, after=time(0, 30)),
    daily("anchor_chains", anchor_chains.run, after=time(1)),
    daily("survey_tables", survey_tables.run, after=time(3, 30)),
)
