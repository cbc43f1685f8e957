"""The front page of administration: what there is, and whether mail and the worker run."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import render_template

from citizenfeedback.domain.access import scope_of
from citizenfeedback.domain.vocabulary import Action
from citizenfeedback.queries.accounts import account_count
from citizenfeedback.queries.audit import JobLine, job_lines, mail_state
from citizenfeedback.queries.directory import directory_counts
from citizenfeedback.queries.installation import installation
from citizenfeedback.web.admin.room import blueprint
from citizenfeedback.web.context import actor, gateways, now
from citizenfeedback.web.guard import requires
from citizenfeedback.web.i18n import gettext, ngettext
from citizenfeedback.web.i18n import lazy_gettext as _l

_JOBS = {
    "send_mail": _l("Gửi thư báo"),
    "remind_staff": _l("Nhắc cán bộ việc đến hạn"),
    "examine_ratings": _l("Xem xét đánh giá bất thường"),
    "purge_drafts": _l("Xóa đơn viết dở đã hết hạn"),
    "purge_links": _l("Xóa liên kết đã hết hạn"),
    "erase_expired": _l("Xóa dữ liệu hết thời hạn lưu giữ"),
    "remove_strays": _l("Dọn tệp không thuộc hồ sơ nào"),
    "count_months": _l("Tính số liệu các tháng"),
    "anchor_chains": _l("Đóng dấu xác nhận lịch sử hồ sơ"),
    "survey_tables": _l("Cập nhật thống kê cho cơ sở dữ liệu"),
}
"""The jobs of the schedule in words; one that left the schedule keeps its name."""

FAILED = "failed"
"""What the outcome of a job that failed begins with; the rest of it is for the log's readers."""

WORKER_LATE = timedelta(seconds=90)


@blueprint.get("/")
@requires(Action.MANAGE_ACCOUNTS, Action.MANAGE_DIRECTORY, Action.MANAGE_CALENDAR, Action.SEE_AUDIT)
def home() -> str:
    """Show what there is and how it runs."""
    seen = installation().worker_seen_at
    return render_template(
        "admin/home.html",
        manages=not scope_of(actor(), Action.MANAGE_ACCOUNTS).nothing,
        audits=not scope_of(actor(), Action.SEE_AUDIT).nothing,
        counts=directory_counts(),
        accounts=account_count(),
        mail=mail_state(),
        mail_delivers=gateways().mail.delivers,
        worker_seen_at=seen,
        worker_runs=seen is not None and now() - seen < WORKER_LATE,
        jobs=[
            {"name": _JOBS.get(job.name, job.name), "line": job, "outcome": _outcome(job)}
            for job in job_lines()
        ],
    )


def _outcome(job: JobLine) -> str:
    """What a job did last, as a number of things: the log says it in its own words."""
    if job.last_outcome.startswith(FAILED):
        return gettext("Không chạy được, sẽ thử lại")
    done = [int(number) for number in re.findall(r"\d+", job.last_outcome)]
    if done:
        return ngettext("%(num)s mục", "%(num)s mục", sum(done))
    return gettext("Đã xong") if job.last_done_at else "–"
