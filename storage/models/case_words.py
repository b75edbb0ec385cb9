"""What of a case can be searched; written by the database alone, see `case_words_sql`."""

from sqlalchemy import Integer, Text, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import case_words_sql
from storage.models.base import Base, Key


class CaseWords(Base):
    """The words of one case that is not confidential, folded. `month`: in which it was told, counted from 2000."""

    __tablename__ = "case_words"

    case_id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    month: Mapped[int] = mapped_column(Integer)
    words: Mapped[str] = mapped_column(Text)


def _make_search(_target: object, connection: Connection, **_: object) -> None:
    for statement in case_words_sql.SQLITE if connection.dialect.name == "sqlite" else case_words_sql.POSTGRESQL:
        connection.exec_driver_sql(statement)


event.listen(Base.metadata, "after_create", _make_search)
