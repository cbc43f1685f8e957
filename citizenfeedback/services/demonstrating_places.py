"""The offices of the demonstration: Quảng Ninh as it is today, its counters, and invented people."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from citizenfeedback.domain.facts import SYSTEM, Actor
from citizenfeedback.domain.keys import Keys
from citizenfeedback.domain.text import fold
from citizenfeedback.domain.vocabulary import Role, UnitLevel
from citizenfeedback.gateways.passwords import Passwords
from citizenfeedback.queries.accounts import actor_of
from citizenfeedback.services.accounts import NewAccount, create_account, set_password
from citizenfeedback.services.demonstrating_texts import lines, name
from citizenfeedback.services.directory import UnitWanted, create_unit

PROVINCE = "QN"
RECEPTION_BOARD = "QN-BTCD"
INSPECTORATE = "QN-TTR"
SERVICE_CENTRE = "QN-PVHCC"
REORGANISED = date(2025, 7, 1)
HOURS = "7:30–11:30, 13:30–17:00, thứ Hai đến thứ Sáu"
CENTRE_HOURS = "7:30–17:00, thứ Hai đến thứ Sáu; 7:30–11:30, thứ Bảy"
STREETS = (
    "Trần Phú;Lê Thánh Tông;Nguyễn Văn Cừ;Trần Hưng Đạo;Bạch Đằng;Hoàng Quốc Việt;Quang Trung"
).split(";")
MAIL_DOMAIN = "quangninh.example"

DEPARTMENTS = (
    *("QN-TTR QN-SNV QN-STC QN-SXD QN-SVHTTDL QN-SNNMT QN-SYT QN-SGDDT QN-STP QN-SCT".split()),
)
COMMUNES = (
    *("Bãi Cháy;Hồng Gai;Hạ Long;Hà Lầm;Cẩm Phả;Cửa Ông;Uông Bí;Mạo Khê;Quảng Yên".split(";")),
    *("Móng Cái 1;Vân Đồn;Cô Tô;Tiên Yên;Bình Liêu;Ba Chẽ;Đầm Hà".split(";")),
)
"""The communes where people work in the demonstration; the others are there to be chosen."""


@dataclass(frozen=True, slots=True)
class Place:
    """One office: its id, code, name, and what to call its area in a text."""

    id: int
    code: str
    name: str
    area: str
    remote: bool
    commune: bool


@dataclass(frozen=True, slots=True)
class Login:
    """One way to sign in, printed once."""

    role: Role
    name: str
    place: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works at an office."""

    leader: Actor
    handler: Actor
    receiver: Actor


@dataclass(frozen=True, slots=True)
class Province:
    """All offices, who works where, and the log-ins."""

    places: dict[str, Place]
    desks: dict[str, Desk]
    logins: tuple[Login, ...]

    @property
    def at_work(self) -> tuple[Place, ...]:
        """The offices where people work."""
        return tuple(self.places[code] for code in self.desks)


def found_province(
    chance: random.Random,
    *,
    keys: Keys,
    passwords: Passwords,
    new_password: Callable[[], str],
    now: datetime,
) -> Province:
    """Make all units and the accounts of those who work in them; some can sign in."""
    places = _found_units(keys, now)
    desks: dict[str, Desk] = {}
    logins: list[Login] = []
    by_name = {place.name: place.code for place in places.values()}
    communes = [
        next(code for full, code in by_name.items() if full.endswith(f" {short}"))
        for short in COMMUNES
    ]
    working = [PROVINCE, RECEPTION_BOARD, SERVICE_CENTRE, *DEPARTMENTS, *communes]
    shown = {PROVINCE, RECEPTION_BOARD, INSPECTORATE, "QN-SXD", communes[0]}

    def employ(place: Place, role: Role, box: str, *, signs_in: bool) -> Actor:
        person = name(chance)
        email = f"{box}@{MAIL_DOMAIN}"
        new = NewAccount(email=email, name=person, unit_id=place.id, roles=frozenset({role}))
        link = create_account(SYSTEM, new, keys=keys, now=now)
        if signs_in:
            word = new_password()
            set_password(link.token, word, keys=keys, passwords=passwords, now=now)
            logins.append(Login(role, person, place.name, email, word))
        found = actor_of(link.user_id)
        if found is None:
            raise RuntimeError("an account that was just made is not there")
        return found

    for code in working:
        place = places[code]
        tail = fold(place.area).replace(" ", "") if place.commune else code.lower()
        tail = tail.removeprefix("qn-")
        signs_in = code in shown
        desks[code] = Desk(
            employ(place, Role.UNIT_LEADER, f"lanhdao.{tail}", signs_in=signs_in),
            employ(place, Role.HANDLER, f"xuly.{tail}", signs_in=signs_in),
            employ(place, Role.RECEPTION_OFFICER, f"tiepdan.{tail}", signs_in=signs_in),
        )
    for role, box in (
        (Role.SUPERVISOR, "giamsat"),
        (Role.INSPECTOR, "thanhtra"),
        (Role.ADMINISTRATOR, "quantri"),
        (Role.AUDITOR, "kiemtra"),
    ):
        employ(places[PROVINCE], role, box, signs_in=True)
    return Province(places, desks, tuple(logins))


def _found_units(keys: Keys, now: datetime) -> dict[str, Place]:
    places: dict[str, Place] = {}

    def found(
        code: str, full: str, english: str, level: UnitLevel, above: str, *, remote: bool = False
    ) -> None:
        commune = level is UnitLevel.COMMUNE
        area = full.removeprefix("UBND ") if commune else "phường Hồng Gai"
        wanted = UnitWanted(
            name=full,
            name_en=english,
            level=level,
            parent_id=places[above].id if above else None,
            remote=remote,
            valid_from=REORGANISED if commune else None,
            valid_to=None,
            receives=True,
            address=_address(len(places), area),
            phone=_telephone(len(places)),
            hours=CENTRE_HOURS if code == SERVICE_CENTRE else HOURS,
        )
        unit_id = create_unit(SYSTEM, code, wanted, keys=keys, now=now)
        places[code] = Place(unit_id, code, full, area, remote, commune)

    for code, level, above, full, english in lines("departments.txt"):
        found(code, full, english, UnitLevel(level), above)
    for code, full, english, remote in lines("communes.txt"):
        found(code, full, english, UnitLevel.COMMUNE, PROVINCE, remote=remote == "yes")
    return places


def _address(place: int, area: str) -> str:
    """An address that reads like one; the house is invented."""
    return f"Số {2 + place * 7 % 180}, đường {STREETS[place % len(STREETS)]}, {area}"


def _telephone(place: int) -> str:
    """A number in the way it is written here, of a range in which nobody is called."""
    return f"0203 000 {1001 + place}"
