"""What an office changes in its letters: checked first, kept in a history, used where it is for."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from citizenfeedback.documents.letters import shipped_template
from citizenfeedback.domain.errors import NotFound, RuleBroken
from citizenfeedback.domain.law.forms import form_of_template
from citizenfeedback.domain.letterheads import Entered
from citizenfeedback.domain.vocabulary import AuditAction, CaseField, Letter
from citizenfeedback.gateways.keys import Keys
from citizenfeedback.models.audit import AuditEntry
from citizenfeedback.queries.letterheads import entered_head, head_of_letters, usual_signer
from citizenfeedback.queries.templates import (
    all_paragraphs,
    own_template,
    paragraphs_for,
    template_versions,
)
from citizenfeedback.services import templating
from citizenfeedback.services.templating import Paragraph
from citizenfeedback.services.transaction import transaction
from tests.services.desk import BUILDING, DUC, HOA, LAND, TEAM, Desk, open_desk

pytestmark = pytest.mark.both_databases

TEMPLATE = "nd155/complaint_accepted"


@pytest.fixture
def desk(session: Session, keys: Keys) -> Desk:
    """The office of the tests, with an administrator."""
    desk = open_desk(session, keys)
    from sqlalchemy import insert

    from citizenfeedback.domain.vocabulary import Role
    from citizenfeedback.models.accounts import UserRole

    with transaction() as writing:
        writing.execute(insert(UserRole).values(user_id=DUC, role=Role.ADMINISTRATOR))
    return desk


def replaced(desk: Desk, unit: int | None, word: str) -> None:
    body = shipped_template(form_of_template(TEMPLATE)) + f"\n{word}\n"
    templating.replace_template(
        desk.actor(DUC), TEMPLATE, body, unit_id=unit, keys=desk.keys, now=desk.now
    )


def test_the_text_of_the_nearest_unit_counts_and_the_shipped_one_comes_back(desk: Desk) -> None:
    assert own_template(TEMPLATE, TEAM) is None
    replaced(desk, None, "của tỉnh")
    replaced(desk, BUILDING, "của sở")
    for unit, word in ((TEAM, "của sở"), (BUILDING, "của sở"), (LAND, "của tỉnh")):
        assert word in (own_template(TEMPLATE, unit) or "")
    replaced(desk, BUILDING, "bản sau")
    assert "bản sau" in (own_template(TEMPLATE, TEAM) or "")
    templating.restore_shipped(
        desk.actor(DUC), TEMPLATE, unit_id=BUILDING, keys=desk.keys, now=desk.now
    )
    assert "của tỉnh" in (own_template(TEMPLATE, TEAM) or "")
    assert len(template_versions(desk.actor(DUC), TEMPLATE)) == 4
    logged = desk.session.scalars(select(AuditEntry.action)).all()
    assert logged.count(AuditAction.TEMPLATE_CHANGED) == 4


def test_a_text_with_something_wrong_is_not_put_in_use(desk: Desk) -> None:
    for body in ("[body]\n{{ nothing }}", "không có phần", "[body]\n{% for x in y %}{% endfor %}"):
        with pytest.raises(RuleBroken, match="template_has_problems"):
            templating.replace_template(
                desk.actor(DUC), TEMPLATE, body, unit_id=None, keys=desk.keys, now=desk.now
            )
    with pytest.raises(RuleBroken, match="unknown_unit"):
        replaced(desk, 999, "x")
    with pytest.raises(NotFound):
        templating.restore_shipped(
            desk.actor(2 + DUC), TEMPLATE, unit_id=None, keys=desk.keys, now=desk.now
        )
    assert template_versions(desk.actor(DUC)) == ()


def test_a_paragraph_fits_its_field_letter_and_unit(desk: Desk) -> None:
    wanted = Paragraph(
        "Mời đến", "Mời {{ person }} đến.", CaseField.LAND, Letter.COMPLAINT_ACCEPTED, BUILDING
    )
    made = templating.save_paragraph(desk.actor(DUC), wanted, keys=desk.keys, now=desk.now)
    fits = [one.id for one in paragraphs_for(TEAM, CaseField.LAND, Letter.COMPLAINT_ACCEPTED)]
    assert fits == [made]
    assert paragraphs_for(LAND, CaseField.LAND, Letter.COMPLAINT_ACCEPTED) == ()
    assert paragraphs_for(TEAM, CaseField.OTHER, Letter.COMPLAINT_ACCEPTED) == ()
    assert paragraphs_for(TEAM, CaseField.LAND, Letter.COMPLAINT_REFUSED) == ()
    off = Paragraph(wanted.title, wanted.body, active=False)
    templating.save_paragraph(desk.actor(DUC), off, paragraph=made, keys=desk.keys, now=desk.now)
    assert paragraphs_for(TEAM, CaseField.LAND, Letter.COMPLAINT_ACCEPTED) == ()
    assert [one.active for one in all_paragraphs(desk.actor(DUC))] == [False]
    for wrong, code in (
        (Paragraph("", "x"), "required"),
        (Paragraph("x", "{{ nothing }}"), "paragraph_does_not_fit"),
        (
            Paragraph("x", "{{ person }}", letter=Letter.DENUNCIATION_CONTENT_NOTICE),
            "paragraph_does_not_fit",
        ),
    ):
        with pytest.raises(RuleBroken, match=code):
            templating.save_paragraph(desk.actor(DUC), wrong, keys=desk.keys, now=desk.now)
    with pytest.raises(NotFound):
        templating.save_paragraph(desk.actor(DUC), off, paragraph=999, keys=desk.keys, now=desk.now)


def test_a_letterhead_is_read_off_the_name_until_one_is_entered(desk: Desk) -> None:
    assert head_of_letters(BUILDING).letterhead.short == "SXD"
    entered = Entered(short="SXDQN", place="Hạ Long")
    for _ in range(2):
        templating.set_letterhead(desk.actor(DUC), BUILDING, entered, keys=desk.keys, now=desk.now)
    head = head_of_letters(BUILDING)
    assert (head.letterhead.short, head.letterhead.place) == ("SXDQN", "Hạ Long")
    assert entered_head(BUILDING) == entered
    assert usual_signer(BUILDING) == "Trần Văn Đức"
    assert usual_signer(LAND) == ""
    for missing in (entered_head, head_of_letters):
        with pytest.raises(NotFound):
            missing(999)


def test_only_administrators_change_templates(desk: Desk) -> None:
    with pytest.raises(NotFound):
        templating.set_letterhead(
            desk.actor(HOA), BUILDING, Entered(), keys=desk.keys, now=desk.now
        )
    with pytest.raises(NotFound):
        all_paragraphs(desk.actor(HOA))
