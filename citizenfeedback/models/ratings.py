"""How people say they were served. A rating is kept for ever; doubt is a mark beside it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import RatingChannel, RatingDoubt
from citizenfeedback.models.base import Base, UtcDateTime, choice


class Rating(Base):
    """One tap with its time, place and device. `rated_on` is the day as written in its offset.

    `reference` is the id of an imported row, or the key the client made so that one tap counts
    once. `overall` is ATT01 of the questionnaire (`law.md` 4.5).
    """

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("overall BETWEEN 1 AND 5", name="overall"),
        Index("ix_rating_day", "rated_on", "unit_id", "overall", "doubt"),
        Index("ix_rating_point", "point_id", "rated_on"),
        Index("ix_rating_point_at", "point_id", "rated_at"),
        Index("ix_rating_staff", "staff_id", "rated_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rated_on: Mapped[date]
    point_id: Mapped[int] = mapped_column(ForeignKey("service_point.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    channel: Mapped[RatingChannel] = mapped_column(choice(RatingChannel, "rating_channel"))
    dossier: Mapped[str] = mapped_column(String(60), default="")
    overall: Mapped[int] = mapped_column(SmallInteger)
    verified: Mapped[bool] = mapped_column(default=False)
    doubt: Mapped[RatingDoubt | None] = mapped_column(choice(RatingDoubt, "rating_doubt"))
    look: Mapped[str] = mapped_column(String(120), default="")
    imported: Mapped[bool] = mapped_column(default=False)


class RatingMark(Base):
    """That a rating was set apart or counted again: what it was, what it is, by whom and why.

    Without a person it was the office's own look at the day. The rows are only ever added.
    """

    __tablename__ = "rating_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), index=True)
    before: Mapped[RatingDoubt | None] = mapped_column(choice(RatingDoubt, "mark_before"))
    after: Mapped[RatingDoubt | None] = mapped_column(choice(RatingDoubt, "mark_after"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime]


class RatingAnswer(Base):
    """One answered item of the questionnaire: a score, or 1 and 0 for yes and no."""

    __tablename__ = "rating_answer"
    __table_args__ = (Index("ix_rating_answer_criterion", "criterion", "rating_id"),)

    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(8), primary_key=True)
    value: Mapped[int] = mapped_column(SmallInteger)


class RatingReason(Base):
    """What somebody said was wrong: the criterion of the questionnaire that was not met."""

    __tablename__ = "rating_reason"

    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(8), primary_key=True)


class RatingComment(Base):
    """What somebody added in words, kept apart so that it can be erased on its own."""

    __tablename__ = "rating_comment"

    rating_id: Mapped[int] = mapped_column(ForeignKey("rating.id"), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
