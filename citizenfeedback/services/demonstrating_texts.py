"""The texts of the demonstration: matters, letters, notes and names, filled in by chance from a seed.

Everything is invented. Templates of matters lie in `demo_data`, one a line:
field|summary|respondent|wish.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from citizenfeedback.domain.vocabulary import CaseField, CaseKind

DATA = Path(__file__).with_name("demo_data")

_FAMILIES = (
    *("Nguyễn Trần Phạm Lê Vũ Hoàng Đặng Bùi Đỗ Ngô Đinh Hà Lương Tô Cao Phùng Mai Trịnh".split()),
    *("Tằng Chìu Nình Lỷ Hoàng La Bế Voòng".split()),
)
_MIDDLES_M = ("Văn", "Đức", "Quang", "Minh", "Hữu", "Xuân", "Mạnh", "Thành", "Quốc")
_MIDDLES_F = ("Thị", "Thu", "Thanh", "Ngọc", "Hồng", "Bích", "Phương", "Kim")
_GIVEN_M = (
    "Hùng Dũng Cường Tuấn Long Hải Sơn Nam Thắng Bình Toàn Kiên Hiếu Phúc Lâm Tài Khánh Vinh Giang"
).split()
_GIVEN_F = (
    "Hoa Lan Mai Hương Hạnh Thảo Yến Nga Tuyết Hiền Loan Nhung Oanh Thủy Duyên Vân Liên Dung Sen"
).split()
_QUARTERS = (
    *(f"tổ {team}, khu {area}" for team in (1, 2, 4, 5, 7, 9) for area in (2, 3, 5, 6)),
    *("khu Vĩnh Hòa;khu Hòa Bình;khu Diêm Thủy;khu Tân Lập;khu Minh Khai;thôn Khe Cát".split(";")),
    *(
        "thôn Đồng Tiến;thôn Trung Sơn;thôn Khe Lánh;thôn Nà Làng;thôn Bắc Văn;thôn Đầm Buôn".split(
            ";"
        )
    ),
    *("thôn Cái Tăn;thôn Hải Yến;bản Phạt Chỉ;bản Sú Cáu;thôn Làng Ngang;thôn Pắc Pò".split(";")),
)
_STREETS = tuple(
    f"đường {name}"
    for name in (
        "Trần Phú;Lê Thánh Tông;Nguyễn Văn Cừ;Hạ Long;Trần Hưng Đạo;Bạch Đằng;Cái Dăm;Hoàng Quốc Việt"
        ";Lý Thường Kiệt;Quang Trung;Hùng Vương;Trần Quốc Tảng;Lê Lợi;An Tiêm;Đồng Đăng;Võ Nguyên Giáp"
    ).split(";")
)
_SPOTS = "Vĩnh Trung;Cái Rồng;Hạ Long 1;Ka Long;Yên Cư;Cống Ngang;Đá Bạc;Bến Đoan;Hòn Gai;Vạn Ninh".split(
    ";"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody comes with, in the words of the register."""

    field: CaseField
    summary: str
    respondent: str
    wish: str
    quarter: str


@dataclass(frozen=True, slots=True)
class Template:
    """A line of a file of matters."""

    field: CaseField
    summary: str
    respondent: str
    wish: str


def lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of a file of `demo_data`, each split at its bars; notes are left out."""
    text = (DATA / name).read_text(encoding="utf-8")
    return tuple(
        tuple(line.split("|")) for line in text.splitlines() if line and not line.startswith("#")
    )


@cache
def templates(kind: CaseKind) -> tuple[Template, ...]:
    """The templates of a kind."""
    return tuple(
        Template(CaseField(field), summary, respondent, wish)
        for field, summary, respondent, wish in lines(f"{kind}.txt")
    )


def matter(chance: random.Random, template: Template, commune: str) -> Matter:
    """A template with places and numbers of this commune put in."""
    quarter = chance.choice(_QUARTERS)
    values = {
        "khu": quarter,
        "duong": chance.choice(_STREETS),
        "xa": commune,
        "ten": chance.choice(_SPOTS),
        "so": str(chance.choice((12, 36, 45, 60, 84, 120, 150, 186, 240, 312, 420))),
        "ngay": str(chance.randint(3, 28)),
        "thang": str(chance.randint(2, 11)),
        "nam": str(chance.randint(2022, 2025)),
    }
    return Matter(
        template.field,
        template.summary.format_map(values),
        template.respondent.format_map(values),
        template.wish.format_map(values),
        quarter,
    )


def name(chance: random.Random) -> str:
    """A name of nobody in particular."""
    if chance.random() < 0.5:
        return f"{chance.choice(_FAMILIES)} {chance.choice(_MIDDLES_M)} {chance.choice(_GIVEN_M)}"
    return f"{chance.choice(_FAMILIES)} {chance.choice(_MIDDLES_F)} {chance.choice(_GIVEN_F)}"


def identity(chance: random.Random) -> tuple[str, str]:
    """An identity number and a telephone number that were never given out."""
    return (
        f"022{chance.randint(0, 999):03}000{chance.randint(0, 999):03}",
        f"0900000{chance.randint(0, 999):03}",
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


_STORIES: Mapping[CaseKind, tuple[str, ...]] = {
    CaseKind.COMPLAINT: (
        "Tôi là {name}, ở {quarter}. Ngày đó tôi nhận được văn bản và không đồng ý. {summary}. "
        "Tôi đã lên hỏi hai lần, mỗi lần được trả lời một khác. Giấy tờ gốc tôi còn giữ.",
        "Gia đình tôi ở {quarter} từ trước khi có quy hoạch. {summary}. Các hộ xung quanh được giải "
        "quyết khác với nhà tôi. Tôi gửi kèm bản sao giấy tờ.",
        "Kính gửi cơ quan. {summary}. Tôi đã già, đi lại khó, mong được trả lời bằng văn bản.",
    ),
    CaseKind.DENUNCIATION: (
        "Tôi biết việc này vì trực tiếp làm ở đó. {summary}. Sự việc kéo dài từ đầu năm, có người "
        "chứng kiến. Tôi mong được giữ kín tên.",
        "Tôi xin nói rõ như sau. {summary}. Tôi có giấy biên nhận và tin nhắn. Tôi sợ bị trả thù.",
    ),
    CaseKind.PETITION: (
        "Kính gửi cơ quan. {summary}. Bà con trong khu đã họp và thống nhất. Mong được xem xét.",
        "{summary}. Việc này dân trong khu nói nhiều năm rồi. Chúng tôi sẵn sàng góp công.",
        "Tôi ở {quarter}. {summary}. Mong cơ quan cho biết có làm được không và bao giờ làm.",
    ),
    CaseKind.REFLECTION: (
        "Sáng nay tôi đi qua và thấy. {summary}. Tôi có chụp ảnh.",
        "{summary}. Chuyện này xảy ra nhiều lần, bà con rất bức xúc.",
        "Tôi ở {quarter}, xin phản ánh: {summary}. Mong được xử lý sớm.",
    ),
}


def own_words(chance: random.Random, kind: CaseKind, what: Matter, who: str) -> str:
    """What the citizen writes."""
    story = chance.choice(_STORIES[kind])
    return story.format(name=who, quarter=what.quarter, summary=what.summary)


_REPLIES: Mapping[CaseKind, tuple[str, ...]] = {
    CaseKind.COMPLAINT: (
        "Sau khi xác minh và đối thoại, cơ quan kết luận về nội dung: {summary}.\n\nĐiều 1. {result}\n"
        "Điều 2. Nếu không đồng ý, ông/bà có quyền khiếu nại lần hai hoặc khởi kiện trong thời hạn luật định.",
    ),
    CaseKind.DENUNCIATION: (
        "Kết luận nội dung tố cáo.\n\n{result}\n\nThông tin về người tố cáo được giữ kín theo luật.",
    ),
    CaseKind.PETITION: (
        "Cơ quan đã xem kiến nghị của ông/bà: {summary}.\n\nChúng tôi đã khảo sát cùng khu dân cư. "
        "Việc “{wish}” được đưa vào kế hoạch quý tới. Người phụ trách sẽ báo lại ngày khởi công.",
        "Về kiến nghị: {summary}.\n\nNăm nay chưa bố trí được kinh phí. Trước mắt cơ quan làm phần "
        "khắc phục tạm và sẽ đề xuất vào kế hoạch năm sau.",
    ),
    CaseKind.REFLECTION: (
        "Cảm ơn ông/bà đã báo: {summary}.\n\nCơ quan đã kiểm tra ngay trong ngày và giao đơn vị xử "
        "lý. Kết quả: {wish}. Nếu việc còn lặp lại, xin ông/bà báo tiếp.",
        "Cơ quan đã làm việc với bên liên quan về phản ánh: {summary}.\n\nĐã nhắc nhở và yêu cầu khắc "
        "phục. Chúng tôi sẽ kiểm tra lại sau bảy ngày.",
    ),
}
_RESULTS = {
    "upheld": "Công nhận toàn bộ nội dung. Giao bộ phận liên quan sửa lại trong mười ngày.",
    "partly_upheld": "Công nhận một phần nội dung. Phần còn lại không có cơ sở.",
    "rejected": "Nội dung không có cơ sở. Giữ nguyên việc đã làm.",
}


def reply(chance: random.Random, kind: CaseKind, what: Matter, result: str) -> str:
    """What the office answers or decides."""
    return chance.choice(_REPLIES[kind]).format(
        summary=_lowered(what.summary), wish=_lowered(what.wish), result=_RESULTS.get(result, "")
    )


REASONS: Mapping[str, tuple[str, ...]] = {
    "note": (
        "Đã gọi hẹn người gửi đến làm việc sáng thứ Ba.",
        "Bộ phận liên quan hẹn gửi hồ sơ trong tuần này.",
        "Lãnh đạo yêu cầu xem lại hồ sơ gốc trước khi trả lời.",
        "Hồ sơ lưu ở kho huyện cũ, đã gửi văn bản xin trích lục.",
        "Người gửi hẹn mang thêm giấy tờ vào đầu tuần.",
        "Đã đối chiếu với sổ theo dõi của đơn vị.",
    ),
    "note_on_land": (
        "Đã gọi hẹn kiểm tra thực địa sáng thứ Ba.",
        "Địa chính báo bản đồ cũ và mới lệch nhau, cần trích đo.",
        "Lãnh đạo yêu cầu làm việc với khu dân cư trước khi trả lời.",
        "Hồ sơ lưu ở kho huyện cũ, đã gửi văn bản xin trích lục.",
        "Hộ liền kề đồng ý có mặt khi đo.",
        "Có ảnh hiện trường kèm theo.",
    ),
    "message": (
        "Cơ quan đã nhận đủ giấy tờ và đang kiểm tra. Ông/bà chưa phải làm gì thêm.",
        "Cán bộ sẽ hẹn ông/bà làm việc trong tuần này, xin để ý điện thoại.",
        "Cơ quan mời ông/bà đến đối thoại, giấy mời gửi theo đường bưu điện.",
    ),
    "ask": (
        "Đề nghị ông/bà gửi thêm bản sao giấy tờ liên quan đến vụ việc.",
        "Đề nghị ông/bà cho biết thời gian và địa điểm cụ thể của sự việc.",
        "Đề nghị ông/bà gửi ảnh hiện trạng hoặc tên người có thể làm chứng.",
    ),
    "citizen": (
        "Tôi gửi thêm giấy tờ như cơ quan yêu cầu.",
        "Xin cho hỏi đơn của tôi đang ở đâu, bao giờ có kết quả?",
        "Việc xảy ra chiều ngày mùng 3, có ông trưởng khu chứng kiến.",
        "Tôi cảm ơn, nhờ cơ quan làm sớm giúp.",
    ),
    "verify": (
        "Lập tổ xác minh, làm việc với các bên.",
        "Kiểm tra hồ sơ gốc và hiện trường.",
    ),
    "refuse": (
        "Quá thời hiệu mà không có lý do chính đáng.",
        "Vụ việc đã được tòa án thụ lý.",
        "Việc bị khiếu nại không liên quan trực tiếp đến người gửi.",
        "Nội dung đã được kết luận, không có tình tiết mới.",
    ),
    "file": (
        "Đơn không có tên, địa chỉ; không nêu được sự việc cụ thể.",
        "Đơn gửi nhiều nơi, đã có cơ quan thẩm quyền xử lý.",
        "Nội dung trùng với đơn đã trả lời, không có tình tiết mới.",
    ),
    "return": (
        "Gửi kèm giấy tờ gốc, cơ quan trả lại người gửi.",
        "Đơn viết chung nhiều nội dung, đề nghị tách riêng từng việc.",
    ),
    "pass_on": ("Chuyển đúng đơn vị phụ trách lĩnh vực.",),
    "complex": (
        "Cần xác minh ở hai nơi trở lên, có nhiều nội dung.",
        "Nhiều người cùng khiếu nại một nội dung, phải giám định.",
    ),
    "extend": ("Phải chờ kết quả giám định chữ viết.", "Nhiều người liên quan ở địa bàn khác."),
    "send_back": ("Bổ sung căn cứ pháp lý và kết quả đối thoại.", "Viết rõ hơn phần việc sẽ làm."),
    "suspend": (
        "Chờ kết luận giám định của cơ quan chuyên môn.",
        "Chờ kết quả của cơ quan khác về hồ sơ gốc.",
    ),
    "dialogue": ("Hai bên trình bày ý kiến; người khiếu nại giữ nguyên yêu cầu.",),
    "remind": ("Đề nghị giải quyết dứt điểm và báo cáo kết quả.",),
    "report_back": ("Đã làm việc với các bên, sẽ trả lời trong tuần này.",),
    "terminate": (
        "Đối tượng khiếu nại không còn, quyết định đã bị thay thế.",
        "Tòa án đã thụ lý vụ việc.",
    ),
    "withdraw": ("Hai bên đã tự thỏa thuận, có biên bản.",),
    "reopen": ("Người dân báo việc tái diễn, kèm ảnh mới.",),
    "continue": ("Người khiếu nại không đồng ý quyết định lần đầu, nộp đơn trong hạn.",),
    "correct": ("Ghi nhầm căn cứ trong quyết định trước.",),
    "reclassify": ("Đọc kỹ thì đây là đề nghị, không phải việc đã xảy ra.",),
}
BODIES = (
    "Công an tỉnh Quảng Ninh",
    "Tòa án nhân dân khu vực 1, tỉnh Quảng Ninh",
    "Bảo hiểm xã hội tỉnh Quảng Ninh",
    "Công ty Điện lực Quảng Ninh",
    "Viện kiểm sát nhân dân tỉnh Quảng Ninh",
)
COMMENTS = (
    "Cán bộ nhiệt tình, giải thích dễ hiểu.",
    "Nhanh, đúng hẹn. Cảm ơn.",
    "Phải chờ hơi lâu vào đầu giờ chiều.",
    "Tôi già mắt kém, cán bộ đọc giúp từng mục.",
    "Hẹn 8 giờ mà 9 giờ rưỡi mới gọi số.",
    "Cần thêm ghế ngồi chờ.",
    "Hướng dẫn thiếu một giấy, phải đi hai lần.",
    "Rất hài lòng.",
)


def one_of(chance: random.Random, group: str) -> str:
    """One of the sentences of a group."""
    return chance.choice(REASONS[group])


def note_on(chance: random.Random, field: CaseField) -> str:
    """What somebody notes of a case: of surveys and neighbours only where a plot is at stake."""
    return one_of(chance, "note_on_land" if field is CaseField.LAND else "note")
