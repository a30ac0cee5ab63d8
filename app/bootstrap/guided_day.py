"""The guided day on a fresh training base: pictures, the sealed order form and a report in one folder."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select, text

from app.bootstrap.device import Device
from app.bootstrap.training import TrainingBase, centre_running
from app.bootstrap.window import session_on, warm_up
from app.domain.identifiers import AccountId
from app.store.engine import open_url
from app.store.rows import SYNCED
from app.store.rows.base import table_of
from app.store.rows.device import ChangesetRow
from sync.server.tables import APPLIED, BLOB
from views.guided_day.player import Played, Player
from views.guided_day.script import GuidedDay
from views.guided_day.world import AtTheCentre
from views.shell import application, start
from views.shell.session import Session
from views.shell.theme import theme
from views.shell.window import Window

WIDTH, HEIGHT = 1366, 768
SIGNED_FILE = "bon-de-commande.pdf"


@dataclass
class TrainingWorld:
    """See views.guided_day.world.World."""

    base: TrainingBase
    centre: str
    code: str
    _device: Device | None = None
    _session: Session | None = None
    _window: Window | None = field(default=None, repr=False)

    def open(self) -> Window:
        self._device = self.base.open_device(self.centre, self.code)
        self.code = ""
        self._session = session_on(self._device)
        self._window = application.window_on(self._session, training=True)
        self._device.courier.start()
        application.put_before(self._window, WIDTH, HEIGHT)
        threading.Thread(target=warm_up, daemon=True).start()
        return self._window

    def close(self) -> None:
        if self._window is not None and self._session is not None and self._device is not None:
            application.put_away(self._window)
            self._session.close()
            self._device.close()
        self._window = self._session = self._device = None

    def at_the_centre(self, account_id: AccountId) -> AtTheCentre:
        if self._device is None:
            raise RuntimeError("the app is closed")
        engines = open_url(self.base.database)
        try:
            with engines.reader.connect() as centre, self._device.store.engine.reader.connect() as here:
                documents = (
                    select(text("sha256"))
                    .select_from(text("document"))
                    .where(text("account_id = :account AND kind = 'signed_order_form'"))
                )
                return AtTheCentre(
                    changesets=len(centre.execute(select(APPLIED.c.mid)).all()),
                    made_here=len(here.execute(select(table_of(ChangesetRow).c.mid)).all()),
                    forms=tuple(centre.execute(documents, {"account": account_id}).scalars()),
                    files=tuple(centre.execute(select(BLOB.c.sha256)).scalars()),
                    differing_rows=sum(
                        len(_rows(centre, name, account_id) ^ _rows(here, name, account_id)) for name in OWNED
                    ),
                )
        finally:
            engines.dispose()


OWNED = [table.name for table in SYNCED.sorted_tables if "account_id" in table.columns]


def _rows(connection: Connection, table: str, account_id: AccountId) -> set[tuple[object, ...]]:
    found = select(SYNCED.tables[table]).where(SYNCED.tables[table].c.account_id == account_id)
    return {tuple(row) for row in connection.execute(found)}


def play(out: Path) -> int:
    """Play the day into `out`; gives 0 only if each step was seen to hold."""
    start.application()
    theme().use("light")
    theme().set_moves(False)
    player = Player(out)
    base = TrainingBase(out / "base")
    code = base.make(fresh=True)
    with centre_running(base.database) as centre:
        world = TrainingWorld(base, centre, code)
        day = GuidedDay(player, world)
        try:
            holds = day.play()
        finally:
            world.close()
    if day.sealed:
        (out / SIGNED_FILE).write_bytes(day.sealed)
    _report(out, player.played, holds=holds)
    return 0 if holds else 1


def _report(out: Path, played: list[Played], *, holds: bool) -> None:
    steps = [asdict(step) for step in played]
    (out / "report.json").write_text(json.dumps({"holds": holds, "steps": steps}, ensure_ascii=False, indent=1) + "\n")
    lines = ["# La journée guidée", ""]
    for step in played:
        mark = "tenu" if step.holds else f"PAS TENU : {step.reason}"
        lines += [f"{step.number}. {step.words} ({step.milliseconds} ms) : {mark}", "", f"   ![]({step.picture})", ""]
    (out / "report.md").write_text("\n".join(lines), encoding="utf-8")
    for step in played:
        sign = "✓" if step.holds else "✗"
        sys.stdout.write(f" {sign} {step.number:2d}. {step.words}  {step.milliseconds} ms  {step.reason}\n")
    pdf = out / SIGNED_FILE
    sys.stdout.write(f"Images et rapport : {out}/report.md\n")
    if pdf.exists():
        sys.stdout.write(f"Bon scellé : {pdf}\n")
