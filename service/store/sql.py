"""The store in a database: SQLite by default, others by their address."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, and_, create_engine, delete, event, insert, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from service.store.port import Feedback, StoreError, Verdict
from service.store.tables import ANSWERS, FEEDBACK

_MIGRATIONS = Path(__file__).parent / "migrations"
# How long, in seconds, to wait for another process that writes.
_PATIENCE = 10
# Alembic keeps what it works on in globals of its modules.
_ONE_AT_A_TIME = threading.Lock()


def open_store(address: str) -> SqlStore:
    """The store at a database address, with its tables as this version wants them.

    address  as SQLAlchemy reads it: `sqlite:////srv/citewise/citewise.db`, `postgresql+psycopg://…`.
    Raises StoreError if there is no such database, or it cannot be used; the message never holds a password.
    """
    try:
        url = make_url(address)
        engine = _engine(url)
    except (ArgumentError, NoSuchModuleError) as fault:
        raise StoreError("CITEWISE_STORE_URL is no database address, as in sqlite:////srv/citewise.db") from fault
    except ModuleNotFoundError as fault:
        raise StoreError(f"the store needs the package {fault.name}, which is not installed") from fault
    try:
        with _faults(url), _writing(engine).begin() as connection:
            _migrate(connection)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(engine, url)


class SqlStore:
    def __init__(self, engine: Engine, url: URL) -> None:
        self._engine = engine
        self._writing = _writing(engine)
        self._url = url

    def keep_feedback(self, feedback: Feedback) -> None:
        key = and_(FEEDBACK.c.answer_id == feedback.answer_id, FEEDBACK.c.voice == feedback.voice)
        said: dict[str, Any] = {"verdict": feedback.verdict, "at": _plain(feedback.at)}
        if feedback.comment is not None:
            said["comment"] = feedback.comment
        row = {"answer_id": feedback.answer_id, "voice": feedback.voice, **said}
        with _faults(self._url):
            try:
                self._replace(update(FEEDBACK).where(key).values(said), insert(FEEDBACK).values(row))
            except IntegrityError:  # another process wrote the same between the two
                self._replace(update(FEEDBACK).where(key).values(said), insert(FEEDBACK).values(row))

    def feedback(self, since: datetime | None = None, verdict: Verdict | None = None) -> Iterator[Feedback]:
        wanted = select(FEEDBACK).order_by(FEEDBACK.c.at, FEEDBACK.c.answer_id, FEEDBACK.c.voice)
        if since is not None:
            wanted = wanted.where(FEEDBACK.c.at >= _plain(since))
        if verdict is not None:
            wanted = wanted.where(FEEDBACK.c.verdict == verdict)
        with _faults(self._url), self._engine.connect() as connection:
            for row in connection.execute(wanted).mappings():
                yield Feedback(**{**row, "at": row["at"].replace(tzinfo=UTC)})

    def keep_answer(self, answer_id: str, body: str, at: datetime) -> None:
        with _faults(self._url), self._writing.begin() as connection:
            connection.execute(insert(ANSWERS).values(answer_id=answer_id, body=body, at=_plain(at)))

    def answer(self, answer_id: str) -> str | None:
        with _faults(self._url), self._engine.connect() as connection:
            found = connection.execute(select(ANSWERS.c.body).where(ANSWERS.c.answer_id == answer_id)).scalar()
        return None if found is None else str(found)

    def forget(self, before: datetime) -> int:
        with _faults(self._url), self._writing.begin() as connection:
            return sum(
                connection.execute(delete(table).where(table.c.at < _plain(before))).rowcount
                for table in (FEEDBACK, ANSWERS)
            )

    def close(self) -> None:
        self._engine.dispose()

    def _replace(self, change: Any, addition: Any) -> None:
        with self._writing.begin() as connection:
            if connection.execute(change).rowcount == 0:
                connection.execute(addition)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    # Each connection to a file is short: nothing is held open that another process might wait for.
    short = NullPool if url.database else None
    engine = create_engine(url, poolclass=short, connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says, and not with the first change
        connection.execute("PRAGMA journal_mode=WAL")  # who reads does not wait for who writes
        connection.execute("PRAGMA secure_delete=ON")  # what is forgotten leaves the file

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine


def _writing(engine: Engine) -> Engine:
    """Transactions of SQLite's that will write say so first: one that began by reading may not get the right to."""
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        with _ONE_AT_A_TIME:
            command.upgrade(config, "head")
    except CommandError as fault:
        raise StoreError(f"the store was made by a newer version of Citewise ({fault}); update this one") from fault


@contextmanager
def _faults(url: URL) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as fault:
        cause = getattr(fault, "orig", None) or fault
        raise StoreError(f"the store {url.render_as_string(hide_password=True)}: {_line(cause)}") from fault


def _line(fault: BaseException) -> str:
    lines = str(fault).splitlines()
    return lines[0] if lines else type(fault).__name__


def _plain(moment: datetime) -> datetime:
    """UTC without saying so: SQLite keeps no time zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)
