"""One proposal of the store as a file for support."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import msgspec

from app.adapters.clock import SystemClock
from app.adapters.keyring import Keyring
from app.bootstrap.device import owner_of, real_now
from app.bootstrap.training import TrainingBase
from app.domain.refusal import Refusal
from app.ports.readers import AccountFilter
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.opening import Store
from app.store.quick_lists import QuickLists
from app.store.vault import Vault
from app.usecases.sales.export_proposal import exported
from sync.client.enrolment import lease_watch
from views.shell.start import data_folder

_MOST_NAMED = 3


def export(data: Path | None, account: str, proposal: str, out: Path | None, *, training: bool) -> int:
    """Write the proposal of that name of the account of that name or number; gives the exit code.

    Part of a name will do where only one account fits: support never gets another customer's case by a guess.
    Raises Refusal NOT_FOUND.
    """
    store = _training_store(data or data_folder()) if training else _store(data or data_folder())
    try:
        found = store.readers.accounts(AccountFilter(text=account), 0, 20)
        exact = [item for item in found if account in {item.trade_name, item.number}]
        fitting = exact or found
        if not fitting:
            raise Refusal("NOT_FOUND", {"what": account})
        if len(fitting) > 1:
            some = ", ".join(f"{item.number} {item.trade_name}" for item in fitting[:_MOST_NAMED])
            more = ", …" if len(fitting) > _MOST_NAMED else ""
            return _say(f"« {account} » désigne plusieurs comptes ({some}{more}) : donnez le numéro.")
        chosen = fitting[0]
        items = store.readers.proposals(chosen.id)
        named = next((item for item in items if item.name == proposal), None)
        if named is None:
            raise Refusal("NOT_FOUND", {"what": proposal})
        filed = exported(store.readers.proposal(named.id), store.work.clock.today())
    finally:
        store.close()
    text = msgspec.json.format(msgspec.json.encode(filed), indent=1).decode() + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        try:
            out.write_text(text, encoding="utf-8")
        except OSError as error:
            return _say(f"{out} : impossible à écrire ({error.strerror}).")
    return 0


def _say(what: str) -> int:
    sys.stderr.write(f"tournee: {what}\n")
    return 2


def _training_store(data: Path) -> Store:
    return TrainingBase(data / "training").open_store()


def _store(data: Path) -> Store:
    folder = data / "device"
    vault = Vault(folder, Keyring())
    if not vault.exists:
        raise Trouble("STORE_MISSING", {"path": str(vault.path)})
    passphrase = getpass.getpass("Phrase de passe : ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    store = vault.open(passphrase, SystemClock(), owner_of(folder).rep_id)
    if lease_watch(DeviceFeed(store.engine, QuickLists(), store.work.tell), real_now).is_over():
        store.close()
        raise Trouble("LEASE_ENDED", {"date": real_now()})
    return store
