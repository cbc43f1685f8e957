"""What citizens asked about the data that is kept of them, and what became of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from citizenfeedback.domain.vocabulary import DataGround, DataOutcome, DataPart, DataWish
from citizenfeedback.models.base import Base, UtcDateTime, choice


class DataRequest(Base):
    """One wish of the sender about one part of the own data, and the office's answer.

    Codes and dates only: what was written lies with the messages of the case, sealed where the law
    seals it. The term is a clock of the case.
    """

    __tablename__ = "data_request"
    __table_args__ = (
        Index("ix_data_request_case", "case_id", "id"),
        Index(
            "ix_data_request_waiting",
            *("case_id", "due_on"),
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    wish: Mapped[DataWish] = mapped_column(choice(DataWish, "data_wish"))
    part: Mapped[DataPart] = mapped_column(choice(DataPart, "data_part"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("case_message.id"))
    asked_on: Mapped[date]
    due_on: Mapped[date]
    outcome: Mapped[DataOutcome | None] = mapped_column(choice(DataOutcome, "data_outcome"))
    ground: Mapped[DataGround | None] = mapped_column(choice(DataGround, "data_ground"))
    answered_on: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("case_message.id"))
