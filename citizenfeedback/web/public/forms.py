"""The forms of filing: one question a page. They check shape; the rules of the office are asked later.

An entry that the kind needs is marked when the form is made, so that the page says so beforehand.
"""

from __future__ import annotations

from typing import Any

from citizenfeedback.documents.labels import label, problem_text
from citizenfeedback.domain.drafts import PLACED, Named, Standing, must_be_answered
from citizenfeedback.domain.intake import LIMITS, normalise_id_no
from citizenfeedback.domain.vocabulary import AuthorisationProof, CaseField, CaseKind
from citizenfeedback.queries.offices import Office
from citizenfeedback.web.fields import (
    ChoiceField,
    EmailField,
    FilesField,
    Filled,
    Form,
    LongTextField,
    PhoneField,
    SearchField,
    TextField,
    TickField,
    ValidationError,
)
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l

UNKNOWN = "unknown"
"""The choice of somebody who does not know which office it concerns."""
ACCEPTED_FILES = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.mp3,.m4a,.amr,.3gp"


class DraftForm(Form):
    """A page of filing. `entries` are those it keeps in the draft under the same names."""

    entries: tuple[str, ...] = ()

    def adapt(self, kind: CaseKind | None) -> None:
        """Mark the entries without which a submission of this kind cannot be sent."""
        for entry in self.entries:
            if kind is not None and must_be_answered(kind, entry):
                field = self[entry]
                message = problem_text(entry, "required", lang=current_language())
                field.validators = [Filled(message)]
                field.flags.required = True

    def changes(self) -> dict[str, Any]:
        """What the page keeps, whether it is right or not."""
        return {entry: self[entry].data or "" for entry in self.entries}


class WordsForm(DraftForm):
    """What happened."""

    entries: tuple[str, ...] = ("words", "place")
    words = LongTextField(
        _l("Chuyện gì đã xảy ra?"),
        _l("Kể ngắn gọn: ở đâu, khi nào, ai làm gì, ông/bà đã hỏi ai chưa."),
        max_length=LIMITS["words"],
        rows=10,
    )
    place = TextField(
        _l("Ở đâu?"),
        _l("Ví dụ: ngõ 5, đường Hậu Cần, phường Bãi Cháy."),
        max_length=LIMITS["place"],
        autocomplete="off",
    )

    def adapt(self, kind: CaseKind | None) -> None:
        """Ask where it is; a complainant for the decision: by it the term to complain is counted."""
        super().adapt(kind)
        if kind in PLACED:
            self.words.hint = gettext("Kể ngắn gọn: khi nào, ai làm gì, ông/bà đã hỏi ai chưa.")
        else:
            del self.place
            self.entries = ("words",)
        if kind is CaseKind.COMPLAINT:
            decision = gettext("Nếu có quyết định, ghi số và ngày của quyết định.")
            self.words.hint = f"{self.words.hint} {decision}"


class WishForm(DraftForm):
    """What the writer wants to come of it."""

    entries = ("wish",)
    wish = LongTextField(
        _l("Ông/bà mong muốn kết quả gì?"),
        _l("Ví dụ: tính lại tiền bồi thường, sửa đường, xin lỗi. Có thể bỏ trống."),
        max_length=LIMITS["wish"],
        rows=5,
    )


class FieldForm(DraftForm):
    """What it is about, as the registers sort it."""

    entries = ("field",)
    field = ChoiceField(
        _l("Việc này thuộc chuyện gì?"),
        _l("Chọn mục gần nhất. Cơ quan sẽ xếp lại nếu cần."),
        required=_l("Chọn một mục, hoặc chọn “Lĩnh vực khác”"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = current_language()
        hints = {
            CaseField.POLICY: gettext("Ví dụ: trợ cấp, lương hưu"),
            CaseField.JUDICIAL: gettext("Ví dụ: việc của tòa án, thi hành án"),
        }
        self.field.choices = [
            (one.value, label(one, lang), hints.get(one, "")) for one in CaseField
        ]

    def changes(self) -> dict[str, Any]:
        """The field, or nothing yet."""
        known = {one.value for one in CaseField}
        return {"field": CaseField(self.field.data) if self.field.data in known else None}


class OfficeChoice(DraftForm):
    """A page on which an office is looked for by name and chosen; `unit` is its id or `unknown`."""

    search = SearchField(
        _l("Tìm cơ quan theo tên"),
        _l("Gõ có dấu hoặc không dấu, ví dụ “bai chay” hoặc “xây dựng”."),
        max_length=LIMITS["search"],
    )
    unit = ChoiceField(_l("Cơ quan"))
    offices: tuple[Office, ...] = ()

    def unit_id(self) -> int | None:
        """The office chosen; none for somebody who does not know."""
        offered = {str(choice[0]) for choice in self.unit.choices}
        chosen = self.unit.data
        return int(chosen) if chosen and chosen != UNKNOWN and chosen in offered else None


class OfficeForm(OfficeChoice):
    """Which office is to get the submission."""

    unit = ChoiceField(
        _l("Cơ quan nhận đơn"),
        required=_l("Chọn một cơ quan, hoặc chọn “Tôi không biết”"),
    )

    def changes(self) -> dict[str, Any]:
        """The office and what was searched for."""
        return {"unit_id": self.unit_id(), "office_search": self.search.data or ""}


class RespondentForm(OfficeChoice):
    """Whom or which decision it is about."""

    entries = ("respondent",)
    respondent = TextField(_l("Người hoặc cơ quan"), max_length=LIMITS["respondent"])
    unit = ChoiceField(_l("Thuộc cơ quan nào?"))

    def adapt(self, kind: CaseKind | None) -> None:
        """Ask for the one whom the law means in a submission of this kind."""
        super().adapt(kind)
        if kind is CaseKind.COMPLAINT:
            self.respondent.label.text = gettext("Người hoặc cơ quan bị khiếu nại")
            self.respondent.hint = gettext(
                "Nơi ra quyết định hoặc người làm việc ấy. Ví dụ: UBND phường Bãi Cháy."
            )
        elif kind is CaseKind.DENUNCIATION:
            self.respondent.label.text = gettext("Người hoặc cơ quan bị tố cáo")
            self.respondent.hint = gettext("Ghi họ tên, chức vụ, nơi làm việc mà ông/bà biết.")

    def changes(self) -> dict[str, Any]:
        """The words, the office and what was searched for."""
        return {
            "respondent": self.respondent.data or "",
            "respondent_unit_id": self.unit_id(),
            "respondent_search": self.search.data or "",
        }


class FilesForm(DraftForm):
    """Papers and pictures to send along."""

    files = FilesField(
        _l("Chọn tệp"),
        _l("Ảnh JPG, PNG, WEBP; tệp PDF, Word, Excel; ghi âm MP3, M4A, OGG. Chọn được nhiều tệp."),
        accept=ACCEPTED_FILES,
    )
    voice = FilesField(
        _l("Hoặc kể bằng giọng nói"),
        _l("Chọn tệp ghi âm có sẵn, hoặc bấm nút ghi âm nếu máy cho phép."),
        accept="audio/*,.m4a,.mp3,.ogg,.opus,.webm,.amr,.3gp",
        multiple=False,
        capture=True,
    )


class YouForm(DraftForm):
    """Who writes, and where news may go."""

    entries = ("name", "id_no", "phone", "address", "email")
    name = TextField(_l("Họ và tên"), max_length=LIMITS["name"], autocomplete="name")
    id_no = TextField(
        _l("Số căn cước hoặc hộ chiếu"),
        _l("12 chữ số trên thẻ căn cước, ví dụ 022190001234."),
        max_length=LIMITS["id_no"],
        width=20,
        autocomplete="off",
        spellcheck=False,
    )
    phone = PhoneField(_l("Số điện thoại"), _l("Để cơ quan gọi khi cần hỏi thêm."))
    address = TextField(
        _l("Địa chỉ"),
        _l("Số nhà, thôn hoặc khu phố, xã hoặc phường."),
        max_length=LIMITS["address"],
        autocomplete="street-address",
    )
    email = EmailField(
        _l("Địa chỉ email để nhận tin"),
        _l("Thư chỉ báo có tin mới. Thư không ghi số đơn, loại đơn, tên hay nội dung."),
        max_length=LIMITS["email"],
    )
    news_despite_risk = TickField(
        _l("Tôi vẫn muốn nhận tin qua email"),
        _l("Người dùng chung máy hoặc hộp thư có thể thấy thư này."),
    )

    warns_of_mail = False

    def adapt(self, kind: CaseKind | None) -> None:
        """Ask for the tick below the warning from a denouncer only; tell others what mail is for."""
        super().adapt(kind)
        self.warns_of_mail = kind is CaseKind.DENUNCIATION
        if not self.warns_of_mail:
            del self.news_despite_risk
            self.email.hint = gettext(
                "Thư chỉ báo có tin mới, không ghi số đơn hay nội dung. "
                "Có email thì sau này ông/bà tự xem và sửa được thông tin của mình."
            )

    def validate_id_no(self, field: TextField) -> None:
        """Refuse a number that is none of an identity card or passport."""
        if field.data and normalise_id_no(field.data) is None:
            raise ValidationError(problem_text("id_no", "id_no_malformed", lang=current_language()))

    def validate_email(self, field: EmailField) -> None:
        """A denouncer's address is taken only together with the tick below the warning."""
        if self.warns_of_mail and field.data and not self.news_despite_risk.data:
            raise ValidationError(gettext("Đánh dấu đồng ý bên dưới, hoặc xóa địa chỉ email"))

    def changes(self) -> dict[str, Any]:
        """The entries, with the tick where the page has one."""
        kept = super().changes()
        if self.warns_of_mail:
            kept["news_despite_risk"] = bool(self.news_despite_risk.data)
        return kept


class JoinForm(Form):
    """Being one more whom a public reflection concerns; where news of its answer goes is optional."""

    email = EmailField(
        _l("Email báo cho ông/bà khi có trả lời"),
        _l("Chúng tôi gửi một thư, rồi xóa địa chỉ này."),
        max_length=LIMITS["email"],
    )


class StandingForm(DraftForm):
    """For whom somebody writes."""

    entries = ("standing",)
    standing = ChoiceField(
        _l("Đơn này là của ai?"),
        choices=[
            (Standing.ALONE, _l("Của riêng tôi")),
            (Standing.TOGETHER, _l("Của tôi và những người cùng ký")),
            (
                Standing.INSTEAD,
                _l("Tôi làm thay người khác (có giấy ủy quyền)"),
                _l("Ủy quyền là người đó viết giấy nhờ ông/bà làm thay. Cần có giấy này."),
            ),
        ],
        required=_l("Chọn một mục"),
    )

    def changes(self) -> dict[str, Any]:
        """The choice; nobody who has not chosen writes for others."""
        known = {one.value for one in Standing}
        chosen = self.standing.data
        return {"standing": Standing(chosen) if chosen in known else Standing.ALONE}


class PersonForm(DraftForm):
    """One more person: who signs too, or who was authorised."""

    name = TextField(_l("Họ và tên"), max_length=LIMITS["name"], autocomplete="off")
    id_no = TextField(
        _l("Số căn cước hoặc hộ chiếu"),
        max_length=LIMITS["id_no"],
        width=20,
        autocomplete="off",
        spellcheck=False,
    )
    phone = PhoneField(_l("Số điện thoại"))
    address = TextField(
        _l("Địa chỉ"),
        _l("Số nhà, thôn hoặc khu phố, xã hoặc phường."),
        max_length=LIMITS["address"],
        autocomplete="off",
    )

    @property
    def blank(self) -> bool:
        """Whether nothing was typed of anybody."""
        return not any((self.name.data, self.id_no.data, self.phone.data, self.address.data))

    def validate_id_no(self, field: TextField) -> None:
        """Refuse a number that is none of an identity card or passport."""
        if field.data and normalise_id_no(field.data) is None:
            raise ValidationError(problem_text("id_no", "id_no_malformed", lang=current_language()))

    def named(self, *, represents: bool = False) -> Named:
        """The person as the draft keeps them."""
        return Named(
            name=self.name.data or "",
            id_no=self.id_no.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
            represents=represents,
        )


class SignersForm(PersonForm):
    """Those who sign with the first person, added one by one, and who of them speaks for all."""

    person_represents = TickField(_l("Người này đại diện cho cả nhóm"))
    represents = TickField(
        _l("Tôi cũng đại diện cho cả nhóm"),
        _l("Người đại diện thay mặt mọi người làm việc với cơ quan."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.name.flags.required = True

    def ask_name(self, *, adding: bool) -> None:
        """Ask for the name of whoever is being added; of nobody when the page is only left."""
        if adding or not self.blank:
            self.name.validators = [
                Filled(problem_text("name", "required", lang=current_language()))
            ]

    def changes(self) -> dict[str, Any]:
        """Only whether the writer speaks for all; people are added one by one."""
        return {"represents": bool(self.represents.data)}


class AuthorisedForm(PersonForm):
    """Who was authorised, and by which paper."""

    document_no = TextField(
        _l("Số giấy ủy quyền"),
        _l("Số ghi trên giấy. Không có số thì ghi ngày, ví dụ “Giấy ngày 12/10/2026”."),
        max_length=LIMITS["document_no"],
        required=_l("Ghi số hoặc ngày của giấy ủy quyền"),
        autocomplete="off",
    )
    certification = ChoiceField(
        _l("Giấy ủy quyền được ai xác nhận?"),
        required=_l("Chọn một mục"),
    )
    files = FilesField(
        _l("Ảnh hoặc bản chụp giấy ủy quyền"),
        _l("Ảnh hoặc tệp PDF. Chụp đủ các trang."),
        accept=ACCEPTED_FILES,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = current_language()
        self.certification.choices = [(one.value, label(one, lang)) for one in AuthorisationProof]
        self.name.validators = [Filled(_l("Nhập họ tên của người được ủy quyền"))]
        self.name.flags.required = True
        self.files.flags.required = True

    def changes(self) -> dict[str, Any]:
        """The one person and the paper."""
        known = {one.value for one in AuthorisationProof}
        proof = self.certification.data
        return {
            "people": () if self.blank else (self.named(),),
            "document_no": self.document_no.data or "",
            "certification": AuthorisationProof(proof) if proof in known else None,
        }


class CodeForm(Form):
    """The access code, typed back by its owner."""

    code = TextField(
        _l("Mã tra cứu"),
        _l("16 chữ và số, viết liền hay cách nhau đều được."),
        max_length=60,
        width=30,
        autocomplete="off",
        spellcheck=False,
        required=_l("Nhập mã tra cứu vừa ghi lại"),
    )


class ResumeForm(Form):
    """The code of a draft kept for later, or begun on another screen."""

    code = TextField(
        _l("Mã viết tiếp"),
        _l("16 chữ và số, viết liền hay cách nhau đều được."),
        max_length=60,
        width=30,
        autocomplete="off",
        spellcheck=False,
        required=_l("Nhập mã viết tiếp"),
    )
