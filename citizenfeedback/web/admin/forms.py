"""The forms of administration. Choices that come from rows are filled in by the views."""

from __future__ import annotations

from datetime import time
from typing import Any

from wtforms import HiddenField
from wtforms.validators import StopValidation

from citizenfeedback.documents.labels import label, role_task
from citizenfeedback.domain.vocabulary import STAFF_ROLES, DayKind, UnitLevel
from citizenfeedback.web.fields import (
    Choice,
    DateField,
    EmailField,
    FilesField,
    Form,
    ManyChoiceField,
    NumberField,
    SelectField,
    TextField,
    TickField,
)
from citizenfeedback.web.i18n import current_language, gettext
from citizenfeedback.web.i18n import lazy_gettext as _l


class TimeField(TextField):
    """A time of day, as 07:30; `moment` is its value."""

    moment: time | None = None

    def __init__(self, label: Any, hint: Any = None, **options: Any) -> None:
        super().__init__(label, hint, max_length=5, width=5, inputmode="numeric", **options)

    def pre_validate(self, form: Any) -> None:
        """Hours and minutes that a clock can show."""
        super().pre_validate(form)
        self.moment = None
        if not self.data:
            return
        hours, _, minutes = str(self.data).replace("h", ":").partition(":")
        digits = hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()
        if not (digits and int(hours) < 24 and int(minutes) < 60):
            raise StopValidation(gettext("Nhập giờ và phút, ví dụ 07:30"))
        self.moment = time(int(hours), int(minutes))


def role_choices() -> list[Choice]:
    """The roles of officials in the language of the page."""
    lang = current_language()
    return [(role.value, label(role, lang), role_task(role, lang)) for role in STAFF_ROLES]


class DeviceForm(Form):
    """A new screen: where it stands and how it is called."""

    point = SelectField(_l("Điểm phục vụ"), required=_l("Chọn điểm phục vụ"))
    name = TextField(
        _l("Tên màn hình"),
        _l("Ví dụ: Màn hình cạnh cửa ra vào."),
        required=_l("Nhập tên màn hình"),
        max_length=120,
    )
    languages = ManyChoiceField(
        _l("Ngôn ngữ trên màn hình"),
        required=_l("Chọn ít nhất một ngôn ngữ"),
        choices=[("vi", _l("Tiếng Việt")), ("en", _l("Tiếng Anh"))],
        default=["vi", "en"],
    )


class EditDeviceForm(Form):
    """How a screen is called, what it speaks and when it is in service."""

    name = TextField(_l("Tên màn hình"), required=_l("Nhập tên màn hình"), max_length=120)
    languages = ManyChoiceField(
        _l("Ngôn ngữ trên màn hình"),
        required=_l("Chọn ít nhất một ngôn ngữ"),
        choices=[("vi", _l("Tiếng Việt")), ("en", _l("Tiếng Anh"))],
    )
    opens = TimeField(_l("Mở cửa lúc"), _l("Để trống là theo giờ của điểm phục vụ."))
    closes = TimeField(_l("Đóng cửa lúc"))


class QuestionForm(Form):
    """An item of the questionnaire and the days on which a point asks it."""

    criterion = SelectField(_l("Câu hỏi"), required=_l("Chọn câu hỏi"))
    first = DateField(_l("Hỏi từ ngày"), required=_l("Nhập ngày bắt đầu"))
    last = DateField(_l("Đến hết ngày"), _l("Để trống nếu chưa biết ngày kết thúc."))


class AccountForm(Form):
    """Who a person is and what they may do."""

    name = TextField(_l("Họ và tên"), required=_l("Nhập họ và tên"), max_length=120)
    unit = SelectField(_l("Đơn vị"), required=_l("Chọn đơn vị"))
    roles = ManyChoiceField(_l("Vai trò"), required=_l("Chọn ít nhất một vai trò"))


class InviteForm(AccountForm):
    """The same for somebody who has no account yet."""

    email = EmailField(
        _l("Địa chỉ thư điện tử"),
        _l("Người này đăng nhập bằng địa chỉ đó."),
        required=_l("Nhập địa chỉ thư điện tử"),
        autocomplete="off",
    )


class EditAccountForm(AccountForm):
    """The same for an account that exists."""

    active = TickField(_l("Tài khoản đang hoạt động"))
    version = HiddenField()


class UnitForm(Form):
    """One unit of the tree."""

    name = TextField(_l("Tên"), required=_l("Nhập tên"), max_length=200)
    name_en = TextField(_l("Tên tiếng Anh"), max_length=200)
    level = SelectField(_l("Cấp"), required=_l("Chọn cấp"))
    parent = SelectField(_l("Đơn vị cấp trên"), empty=_l("Không có"))
    address = TextField(_l("Địa chỉ"), max_length=250)
    phone = TextField(_l("Điện thoại"), max_length=40)
    hours = TextField(_l("Giờ tiếp công dân"), max_length=200)
    valid_from = DateField(_l("Có hiệu lực từ"))
    valid_to = DateField(_l("Hết hiệu lực"), _l("Để trống khi đơn vị còn hoạt động."))
    remote = TickField(_l("Ở vùng sâu, vùng xa"))
    receives = TickField(_l("Nhận đơn của người dân"))
    mark = HiddenField()


class NewUnitForm(UnitForm):
    """The same with the code, which stays for good."""

    code = TextField(
        _l("Mã"),
        _l("Chữ không dấu, số, dấu chấm hoặc gạch nối. Mã không đổi được."),
        required=_l("Nhập mã"),
        max_length=40,
    )


class PointForm(Form):
    """One service point."""

    name = TextField(_l("Tên"), required=_l("Nhập tên"), max_length=200)
    unit = SelectField(_l("Đơn vị"), required=_l("Chọn đơn vị"))
    opens = TimeField(_l("Mở cửa lúc"))
    closes = TimeField(_l("Đóng cửa lúc"))
    pause = NumberField(
        _l("Số giây giữa hai lượt đánh giá trên màn hình"),
        _l("Lượt bấm nhanh hơn được giữ nhưng tính riêng. Để trống là 5 giây."),
        minimum=1,
        maximum=300,
    )
    active = TickField(_l("Đang hoạt động"))
    mark = HiddenField()


class PostersForm(Form):
    """Which signs to print, on which paper."""

    unit = SelectField(
        _l("Điểm phục vụ của"),
        _l("Mỗi điểm một trang. Chọn một đơn vị thì có cả các đơn vị bên dưới."),
        empty=_l("Tất cả đơn vị"),
    )
    size = SelectField(
        _l("Cỡ giấy"),
        choices=[
            ("a4", _l("A4: biển treo tường")),
            ("a5", _l("A5: thẻ để bàn")),
            ("a6", _l("A6: thẻ để bàn nhỏ")),
        ],
    )


class NewPointForm(PointForm):
    """The same with the code, which is in the printed sign."""

    code = TextField(
        _l("Mã"),
        _l("Chữ không dấu, số hoặc gạch nối, như Q03. Mã có trong mã QR nên không đổi được."),
        required=_l("Nhập mã"),
        max_length=40,
    )


class StaffForm(Form):
    """One staff member as citizens meet them."""

    name = TextField(_l("Họ và tên"), required=_l("Nhập họ và tên"), max_length=120)
    position = TextField(_l("Chức vụ"), max_length=120)
    unit = SelectField(_l("Đơn vị"), required=_l("Chọn đơn vị"))
    point = SelectField(_l("Điểm phục vụ"), empty=_l("Không có"))
    active = TickField(_l("Đang làm việc"))
    mark = HiddenField()


class PhotoForm(Form):
    """The picture of a staff member on screens."""

    photo = FilesField(
        _l("Chọn ảnh"),
        _l("JPEG, PNG hoặc WebP. Ảnh được cắt vuông, thu nhỏ và bỏ mọi thông tin kèm theo."),
        accept="image/jpeg,image/png,image/webp",
        multiple=False,
    )


class NewStaffForm(StaffForm):
    """The same with the code."""

    code = TextField(_l("Mã"), required=_l("Nhập mã"), max_length=40)


class DayForm(Form):
    """A day that differs from its weekday."""

    date = DateField(_l("Ngày"), required=_l("Nhập ngày"))
    kind = SelectField(_l("Loại"), required=_l("Chọn loại"))
    name = TextField(_l("Tên"), required=_l("Nhập tên"), max_length=120)
    name_en = TextField(_l("Tên tiếng Anh"), max_length=120)
    basis = TextField(_l("Căn cứ"), _l("Số văn bản cho nghỉ hoặc làm bù."), max_length=250)


class DayFileForm(Form):
    """A file of days."""

    file = FilesField(
        _l("Tệp ngày nghỉ, ngày làm bù"),
        _l("Tệp .csv có các cột date, kind, name, basis, hoặc tệp .ics gồm sự kiện cả ngày."),
        required=_l("Chọn tệp"),
        accept=".csv,.ics",
        multiple=False,
    )


def day_kinds() -> list[Choice]:
    """Why a day may differ, in the language of the page."""
    lang = current_language()
    return [(kind.value, label(kind, lang)) for kind in DayKind]


def unit_levels() -> list[Choice]:
    """The levels of the tree, in the language of the page."""
    lang = current_language()
    return [(level.value, label(level, lang)) for level in UnitLevel]
