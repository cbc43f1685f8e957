"""Who signs a paper, and in what right: the same fields wherever a letter or notice is worked over."""

from __future__ import annotations

from typing import Any

from citizenfeedback.documents.catalogue import translate
from citizenfeedback.documents.letter_words import AUTHORITY_LABELS
from citizenfeedback.domain.letters import Authority
from citizenfeedback.queries.letters import Signing
from citizenfeedback.web.fields import Form, SelectField, TextField
from citizenfeedback.web.i18n import current_language
from citizenfeedback.web.i18n import lazy_gettext as _l


def signing_fields(signing: Signing) -> dict[str, Any]:
    """Who signs, and in what right."""
    lang = current_language()
    return {
        "sign_authority": SelectField(
            _l("Ký với tư cách"),
            choices=[(one, translate(AUTHORITY_LABELS[one], lang)) for one in Authority],
            default=signing.authority,
            empty=None,
        ),
        "sign_name": TextField(
            _l("Họ tên người ký"), max_length=120, default=signing.name, marked=False
        ),
        "sign_own": TextField(
            _l("Chức danh người ký"),
            _l("Khi ký thay, thừa lệnh hoặc thừa ủy quyền, ví dụ Phó Giám đốc."),
            max_length=120,
            default=signing.own,
            marked=False,
        ),
        "sign_deputy": TextField(
            _l("Chức danh người ký thay"),
            _l("Chỉ khi vừa thừa lệnh vừa ký thay."),
            max_length=120,
            default=signing.deputy,
            marked=False,
        ),
    }


def signing_of(form: Form, before: Signing) -> Signing:
    """Who signs as it was chosen; as before where the paper has signers of its own."""
    if "sign_name" not in form:
        return before
    return Signing(
        Authority(form["sign_authority"].data or Authority.HEAD),
        form["sign_name"].data or "",
        form["sign_own"].data or "",
        form["sign_deputy"].data or "",
    )
